/** GitHub's published schema with the sandbox's resolvers on it. A field without one is refused by name, never null in silence. */
import { readFileSync } from 'node:fs';
import {
  buildASTSchema,
  GraphQLError,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isObjectType,
  parse,
} from 'graphql';
import { WENT_WRONG } from '../harm.ts';
import type { Repository } from '../state/repository.ts';
import { checkBounds, type PageArgs } from './connection.ts';
import type { Context } from './context.ts';
import { toApiError } from './errors.ts';
import { guardConnection, guardNode } from './guard.ts';
import { resolvers } from './resolvers/index.ts';
import { equipScalars } from './scalars.ts';
import type { Resolver } from './types.ts';

type AnyResolver = GraphQLFieldResolver<unknown, Context, Record<string, unknown>>;

function repoOf(source: unknown): Repository | null {
  if (typeof source !== 'object' || source === null || !('repo' in source)) return null;
  return source.repo as Repository;
}

/** Checks page bounds and permissions around the resolver, and gives its refusals GitHub's shape. */
function wrap(typeName: string, field: GraphQLField<unknown, Context>, resolve: Resolver<unknown, unknown>): AnyResolver {
  const returned = getNamedType(field.type).name;
  const paged = returned.endsWith('Connection') && field.args.some((argument) => argument.name === 'first');
  const name = `${typeName}.${field.name}`;
  const nodeType = returned.replace(/Connection$/, '');
  return (source, args, context, info) => {
    if (context.fails(info.path.prev !== undefined, info.operation.operation === 'mutation')) throw new GraphQLError(WENT_WRONG);
    try {
      if (paged) {
        checkBounds(field.name, args as PageArgs);
        const repo = repoOf(source);
        if (repo) guardConnection(context, repo, nodeType);
      }
      const value = resolve(source, args, context, info);
      return value instanceof Promise ? value.then((one) => guardNode(context, one, name)) : guardNode(context, value, name);
    } catch (error) {
      throw toApiError(error);
    }
  };
}

/** Plain data (pages, payloads) answers for itself; every other field says that the sandbox does not have it. */
export const readProperty: AnyResolver = (source, _args, context, info) => {
  if (typeof source !== 'object' || source === null || !(info.fieldName in source)) {
    throw new GraphQLError(`The sandbox has no answer for ${info.parentType.name}.${info.fieldName}.`, {
      extensions: { type: 'NOT_IMPLEMENTED' },
    });
  }
  const value = (source as Record<string, unknown>)[info.fieldName];
  if (!isAbstractType(getNamedType(info.returnType))) return value;
  const name = `${info.parentType.name}.${info.fieldName}`;
  return Array.isArray(value) ? value.map((one) => guardNode(context, one, name)) : guardNode(context, value, name);
};

function attach(schema: GraphQLSchema): void {
  for (const [typeName, fields] of Object.entries(resolvers)) {
    const type = schema.getType(typeName);
    if (!isObjectType(type)) throw new Error(`the schema has no object type ${typeName}`);
    const known = type.getFields();
    for (const [name, resolve] of Object.entries(fields)) {
      const field = known[name];
      if (!field) throw new Error(`the schema has no field ${typeName}.${name}`);
      field.resolve = wrap(typeName, field, resolve as Resolver<unknown, unknown>);
    }
  }
}

/** What GitHub's own reference has and the package's copy does not have yet (GitHub docs, GraphQL reference, "Issues"). */
const NEWER = `
extend type Issue {
  blockedBy(after: String, before: String, first: Int, last: Int): IssueConnection!
  blocking(after: String, before: String, first: Int, last: Int): IssueConnection!
}`;

let built: GraphQLSchema | null = null;

/** Built once, when first asked for: about a fifth of a second. */
export function githubSchema(): GraphQLSchema {
  if (built) return built;
  const file = new URL('schema.graphql', import.meta.resolve('@octokit/graphql-schema'));
  const schema = buildASTSchema(parse(readFileSync(file, 'utf8') + NEWER, { noLocation: true }), { assumeValid: true });
  equipScalars(schema);
  attach(schema);
  built = schema;
  return schema;
}
