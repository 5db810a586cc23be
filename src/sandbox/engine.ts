/** Puts the sandbox's parts together: world, clock, ids, webhooks, tokens, budgets, faults, log of calls. */
import { createTokens, type Tokens } from './auth.ts';
import { type CallLog, createCallLog } from './calls.ts';
import { createClock, type SandboxClock } from './clock.ts';
import { createFaults, type Faults } from './faults.ts';
import { createHooks, type Hooks } from './hooks.ts';
import { createPast, type Past } from './past.ts';
import { createRates, type Rates } from './rate.ts';
import type { Engine } from './sandbox.ts';
import { addShop, emptyWorld, type StartOptions } from './state/start.ts';

export interface Parts {
  engine: Engine;
  hooks: Hooks;
  tokens: Tokens;
  rates: Rates;
  faults: Faults;
  past: Past;
  calls: CallLog;
  clock: SandboxClock;
}

export function createParts(options: StartOptions & { rateLimit?: number; start?: Date; lagClock?: () => number }): Parts {
  const clock = createClock(Date.now, options.start);
  const now = (): string =>
    clock
      .now()
      .toISOString()
      .replace(/\.\d+Z$/, 'Z');
  const world = emptyWorld(options, now());
  const nextId = (): number => world.nextId++;
  const hooks = createHooks(world, nextId, now);
  const tokens = createTokens(world, Date.now);
  const rates = createRates(Date.now, options.rateLimit);
  const engine: Engine = {
    world,
    now,
    nextId,
    emit: hooks.emit,
    onPush: [],
    onPull: [],
    createToken: tokens.create,
    redeliver: hooks.redeliver,
    rateOf: rates.state,
  };
  addShop(engine);
  const past = createPast(engine, options.lagClock ?? Date.now);
  return { engine, hooks, tokens, rates, faults: createFaults(), past, calls: createCallLog(), clock };
}
