/** How resolvers are written: one map of fields per type of the schema. */
import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from './context.ts';

/** One field. `S` is the node it belongs to, `A` its arguments after coercion. */
export type Resolver<S, A> = (source: S, args: A, context: Context, info: GraphQLResolveInfo) => unknown;

/** Fields of one type, by their names in the schema. */
export type Fields<S> = Record<string, Resolver<S, never>>;
