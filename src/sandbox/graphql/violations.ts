/** What validation found, said as GitHub says it: `path` from the operation on, `extensions.code`. */
import { type ASTNode, BREAK, type DocumentNode, type GraphQLError, visit } from 'graphql';
import type { ResponseError } from './errors.ts';

interface Wording {
  pattern: RegExp;
  message(parts: string[]): string;
  extensions(parts: string[]): Record<string, unknown>;
}

const wordings: Wording[] = [
  {
    pattern: /^Cannot query field "(\w+)" on type "(\w+)"/,
    message: ([field, type]) => `Field '${field}' doesn't exist on type '${type}'`,
    extensions: ([field, type]) => ({ code: 'undefinedField', typeName: type, fieldName: field }),
  },
  {
    pattern: /^Unknown argument "(\w+)" on field "(\w+)\.(\w+)"/,
    message: ([argument, , field]) => `Field '${field}' doesn't accept argument '${argument}'`,
    extensions: ([argument, , field]) => ({
      code: 'argumentNotAccepted',
      name: field,
      typeName: 'Field',
      argumentName: argument,
    }),
  },
  {
    pattern: /^Field "(\w+)" of type "([^"]+)" must have a selection of subfields/,
    message: ([field, type]) =>
      `Field must have selections (field '${field}' returns ${type?.replace(/[[\]!]/g, '')} but has no selections. Did you mean '${field} { ... }'?)`,
    extensions: ([field, type]) => ({ code: 'selectionMismatch', nodeName: `field '${field}'`, typeName: type }),
  },
  {
    pattern: /^Unknown type "(\w+)"/,
    message: ([type]) => `No such type ${type}, so it can't be a fragment condition`,
    extensions: ([type]) => ({ code: 'undefinedType', typeName: type }),
  },
  {
    pattern: /^Variable "\$(\w+)" is never used in operation "?(\w*)"?/,
    message: ([name, operation]) => `Variable $${name} is declared by ${operation || 'anonymous query'} but not used`,
    extensions: ([name]) => ({ code: 'variableNotUsed', variableName: name }),
  },
  {
    pattern: /^Variable "\$(\w+)" is not defined by operation "?(\w*)"?/,
    message: ([name, operation]) => `Variable $${name} is used by ${operation || 'anonymous query'} but not declared`,
    extensions: ([name]) => ({ code: 'variableNotDefined', variableName: name }),
  },
];

function step(node: ASTNode): string | null {
  if (node.kind === 'OperationDefinition') return node.name ? `${node.operation} ${node.name.value}` : node.operation;
  if (node.kind === 'FragmentDefinition') return `fragment ${node.name.value}`;
  if (node.kind === 'InlineFragment') return node.typeCondition ? `... on ${node.typeCondition.name.value}` : '...';
  if (node.kind === 'Field') return node.alias?.value ?? node.name.value;
  if (node.kind === 'Argument' || node.kind === 'ObjectField') return node.name.value;
  return null;
}

function pathTo(document: DocumentNode, target: ASTNode): string[] {
  const path: string[] = [];
  let found: string[] = [];
  visit(document, {
    enter(node) {
      const name = step(node);
      if (name !== null) path.push(name);
      if (node === target) {
        found = [...path];
        return BREAK;
      }
      return undefined;
    },
    leave(node) {
      if (step(node) !== null) path.pop();
    },
  });
  return found;
}

/** One violation in GitHub's shape; words that GitHub has others for are kept as graphql-js says them. */
export function describeViolation(document: DocumentNode, error: GraphQLError): ResponseError {
  const plain: ResponseError = { message: error.message };
  if (error.locations) plain.locations = error.locations;
  const node = error.nodes?.[0];
  if (node) plain.path = pathTo(document, node);
  for (const wording of wordings) {
    const match = wording.pattern.exec(error.message);
    if (!match) continue;
    const parts = match.slice(1);
    return {
      path: plain.path,
      extensions: wording.extensions(parts),
      locations: plain.locations,
      message: wording.message(parts),
    };
  }
  return plain;
}

/** Wrong variable values, as GitHub words them. */
export function describeVariableFault(error: GraphQLError): ResponseError {
  const name = /^Variable "\$(\w+)"/.exec(error.message)?.[1];
  const definition = error.nodes?.[0];
  const type = definition?.kind === 'VariableDefinition' ? printType(definition.type) : null;
  const message = name && type ? `Variable $${name} of type ${type} was provided invalid value` : error.message;
  return { extensions: { problems: [{ path: [], explanation: error.message }] }, locations: error.locations, message };
}

function printType(node: Extract<ASTNode, { kind: 'NamedType' | 'ListType' | 'NonNullType' }>): string {
  if (node.kind === 'NonNullType') return `${printType(node.type)}!`;
  return node.kind === 'ListType' ? `[${printType(node.type)}]` : node.name.value;
}
