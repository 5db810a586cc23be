/** The frame of every mutation: run the action, forget what was read before, answer with the payload. */

import { SandboxError } from '../../error.ts';
import type { Sandbox } from '../../sandbox.ts';
import type { Actor } from '../../state/accounts.ts';
import type { Context } from '../context.ts';
import { forbidden } from '../errors.ts';
import type { Resolver } from '../types.ts';

/** Does the work and gives the payload's fields. `sandbox` and `actor` come first in every action. */
export type Run<I> = (input: I, context: Context, ...by: [Sandbox, Actor]) => Record<string, unknown>;

interface Arguments<I> {
  input: I & { clientMutationId?: string | null };
}

/** People read the mutation's name in a refusal, apps the usual sentence. */
function refusal(error: unknown, context: Context, mutation: string): unknown {
  if (!(error instanceof SandboxError) || error.status !== 403 || context.actor.kind !== 'user') return error;
  if (!error.message.startsWith('Must have')) return error;
  const name = mutation.charAt(0).toUpperCase() + mutation.slice(1);
  return forbidden(`${context.actor.login} does not have the correct permissions to execute \`${name}\``);
}

export function mutation<I>(run: Run<I>): Resolver<unknown, Arguments<I>> {
  return (_source, { input }, context, info) => {
    try {
      return { clientMutationId: input.clientMutationId ?? null, ...run(input, context, context.sandbox, context.actor) };
    } catch (error) {
      throw refusal(error, context, info.fieldName);
    } finally {
      context.changed();
    }
  };
}

/** What was left out and what was set to null are the same to GitHub's inputs. */
export function given<T>(value: T | null | undefined): T | undefined {
  return value ?? undefined;
}
