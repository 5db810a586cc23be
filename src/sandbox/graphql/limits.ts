/** What a query may cost: GitHub's node limit and points, counted from the document before it runs. */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { apiError } from './errors.ts';

/** GitHub docs, "Rate limits and query limits for the GraphQL API". */
const nodeLimit = 500_000;

export interface QueryCost {
  /** Nodes that the query could bring at most. */
  nodes: number;
  /** Points, at least 1. */
  points: number;
}

interface Walk {
  schema: GraphQLSchema;
  fragments: Map<string, FragmentDefinitionNode>;
  variables: Record<string, unknown>;
  /** Requests GitHub would need to fill every connection. */
  requests: number;
  nodes: number;
}

function intArgument(field: FieldNode, name: string, variables: Record<string, unknown>): number | null {
  const value = field.arguments?.find((argument) => argument.name.value === name)?.value;
  if (value?.kind === Kind.INT) return Number(value.value);
  if (value?.kind === Kind.VARIABLE) {
    const given = variables[value.name.value];
    return typeof given === 'number' ? given : null;
  }
  return null;
}

function fieldType(parent: GraphQLNamedType, name: string): GraphQLNamedType | null {
  if (!isObjectType(parent) && !isInterfaceType(parent)) return null;
  const field = parent.getFields()[name];
  return field ? getNamedType(field.type) : null;
}

function walkField(walk: Walk, field: FieldNode, parent: GraphQLNamedType, parents: number): void {
  const type = fieldType(parent, field.name.value);
  if (!field.selectionSet || !type || !isCompositeType(type)) return;
  let below = parents;
  if (type.name.endsWith('Connection')) {
    const size = intArgument(field, 'first', walk.variables) ?? intArgument(field, 'last', walk.variables);
    if (size !== null) {
      walk.requests += parents;
      below = parents * Math.max(0, size);
      walk.nodes += below;
    }
  }
  walkSelections(walk, field.selectionSet, type, below);
}

function walkSelections(walk: Walk, selections: SelectionSetNode, parent: GraphQLNamedType, parents: number): void {
  for (const selection of selections.selections) {
    if (selection.kind === Kind.FIELD) walkField(walk, selection, parent, parents);
    else {
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : walk.fragments.get(selection.name.value);
      if (!fragment) continue;
      const on = fragment.typeCondition ? walk.schema.getType(fragment.typeCondition.name.value) : parent;
      walkSelections(walk, fragment.selectionSet, on ?? parent, parents);
    }
  }
}

/** Counts as GitHub does: every connection multiplies by its `first` or `last`. Cost is requests ÷ 100, rounded. */
export function countCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): QueryCost {
  const fragments = new Map(
    document.definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [])),
  );
  const root = schema.getRootType(operation.operation);
  const walk: Walk = { schema, fragments, variables, requests: 0, nodes: 0 };
  if (root) walkSelections(walk, operation.selectionSet, root, 1);
  return { nodes: walk.nodes, points: Math.max(1, Math.round(walk.requests / 100)) };
}

/** @throws {GraphQLError} of type MAX_NODE_LIMIT_EXCEEDED */
export function checkCost(cost: QueryCost): void {
  if (cost.nodes <= nodeLimit) return;
  throw apiError(
    'MAX_NODE_LIMIT_EXCEEDED',
    `This query requests up to ${cost.nodes.toLocaleString('en-US')} possible nodes which exceeds the maximum limit of ${nodeLimit.toLocaleString('en-US')}.`,
  );
}
