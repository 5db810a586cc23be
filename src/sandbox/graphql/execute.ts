/** The GraphQL endpoint: one request against the published schema, answered as GitHub answers it. */
import { type DocumentNode, type ExecutionResult, execute, GraphQLError, Kind, type OperationDefinitionNode } from 'graphql';
import type { Sandbox } from '../sandbox.ts';
import type { Actor } from '../state/accounts.ts';
import { Context } from './context.ts';
import { checkDocument } from './documents.ts';
import { formatError, type ResponseError, toApiError } from './errors.ts';
import { checkCost, countCost } from './limits.ts';
import { githubSchema, readProperty } from './schema.ts';
import { describeVariableFault } from './violations.ts';

/** The body of a request. */
export interface GraphqlRequest {
  query: string;
  variables?: Record<string, unknown>;
  operationName?: string;
}

/** What goes out, with HTTP status 200 whatever it holds. */
export interface GraphqlResponse {
  data?: unknown;
  errors?: ResponseError[];
}

function chosenOperation(document: DocumentNode, name: string | undefined): OperationDefinitionNode | string {
  const operations = document.definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION);
  const found = name ? operations.find((one) => one.name?.value === name) : operations.length === 1 ? operations[0] : undefined;
  return found ?? (name ? `No operation named "${name}"` : 'An operation name is required');
}

function shape(result: ExecutionResult): GraphqlResponse {
  const errors = result.errors?.map((error) =>
    error.message.startsWith('Variable "$') && !error.path ? describeVariableFault(error) : formatError(error),
  );
  const response: GraphqlResponse = {};
  if (result.data !== undefined) response.data = result.data;
  if (errors) response.errors = errors;
  return response;
}

/** Defaults of the operation's variables count for its cost too. */
function withDefaults(operation: OperationDefinitionNode, given: Record<string, unknown>): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const definition of operation.variableDefinitions ?? []) {
    const fallback = definition.defaultValue;
    if (fallback?.kind === Kind.INT) values[definition.variable.name.value] = Number(fallback.value);
  }
  return { ...values, ...given };
}

/** Of a mutation, one of its fields; of a query, one of the first that are looked up, but not its root. */
function fieldThatFails({ operation, selectionSet }: OperationDefinitionNode, pick: number): number {
  return operation === 'mutation' ? Math.floor(pick * selectionSet.selections.length) : 1 + Math.floor(pick * FIELDS_TO_FAIL);
}

const FIELDS_TO_FAIL = 12;

/**
 * Executes one document as this actor. Faults are in `errors`; it rejects only when the sandbox itself is broken.
 * @param partial 0 ≤ n < 1 picks one field that fails in GitHub's words; null: all work
 */
export async function executeGraphql(
  sandbox: Sandbox,
  actor: Actor,
  request: GraphqlRequest,
  partial: number | null = null,
): Promise<GraphqlResponse> {
  if (typeof request.query !== 'string' || request.query.trim() === '') {
    return { errors: [{ message: 'A query attribute must be specified and must be a string.' }] };
  }
  const schema = githubSchema();
  const { document, faults } = checkDocument(schema, request.query);
  if (faults) return { errors: faults };
  const operation = chosenOperation(document, request.operationName ?? undefined);
  if (typeof operation === 'string') return { errors: [{ message: operation }] };
  const variables = request.variables ?? {};
  const cost = countCost(schema, document, operation, withDefaults(operation, variables));
  try {
    checkCost(cost);
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [formatError(error)] };
    throw toApiError(error);
  }
  const result = await execute({
    schema,
    document,
    operationName: request.operationName ?? null,
    variableValues: variables,
    contextValue: new Context(sandbox, actor, cost, partial === null ? null : fieldThatFails(operation, partial)),
    fieldResolver: readProperty,
  });
  return shape(result);
}
