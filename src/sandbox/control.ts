/** `/_sandbox/…`: what GitHub has no API for, and what tests need: faults, counted calls, idle, clock, merge queue, buttons. */
import { Hono } from 'hono';
import { z } from 'zod';
import { mustRead } from './access.ts';
import { changeApp, changeInstallation, enqueuePull, finishGroup, requestCheckAction } from './actions/index.ts';
import type { SandboxClock } from './clock.ts';
import type { Parts } from './engine.ts';
import { notFound, SandboxError } from './error.ts';
import { faultSchema } from './faults.ts';
import { pullByNumber, repoByName } from './read.ts';
import type { Actor } from './state/accounts.ts';
import type { Repository } from './state/repository.ts';

const installationSchema = z.strictObject({
  action: z.enum(['created', 'deleted', 'suspend', 'unsuspend', 'new_permissions_accepted']),
  account: z.string().default('acme'),
});
const appSchema = z.strictObject({
  permissions: z.record(z.string(), z.enum(['read', 'write'])).optional(),
  events: z.array(z.string()).optional(),
});
const rateSchema = z.strictObject({ limit: z.number().int().min(0), used: z.number().int().min(0).default(0) });
const queueSchema = z.strictObject({ pull_number: z.number().int() });
const reasonSchema = z.enum(['merged', 'invalidated', 'dequeued']);
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/**
 * What `POST /_sandbox/clock` takes: a time to be at, or units to go from where it is (a minus goes back); `held` stops it
 * there, `false` lets it go on. Issues, comments, commits, checks, reviews and deliveries are dated by it; tokens, JWTs
 * and budgets stay on real time.
 */
const clockSchema = z.strictObject({
  now: z.iso.datetime({ offset: true }).optional(),
  days: z.number().default(0),
  hours: z.number().default(0),
  minutes: z.number().default(0),
  seconds: z.number().default(0),
  held: z.boolean().optional(),
});
const actionSchema = z.strictObject({ identifier: z.string() });

function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (!result.success) throw new SandboxError(400, z.prettifyError(result.error));
  return result.data;
}

function turn(clock: SandboxClock, { now, held, ...by }: z.output<typeof clockSchema>): void {
  const byMs = by.days * DAY_MS + by.hours * HOUR_MS + by.minutes * MINUTE_MS + by.seconds * 1000;
  const to = new Date((now === undefined ? clock.now().getTime() : Date.parse(now)) + byMs);
  const year = to.getUTCFullYear();
  if (!(year >= 1970 && year <= 9999)) throw new SandboxError(400, 'The clock goes from 1970 to 9999');
  if (held !== undefined) clock.hold(held);
  if (now !== undefined || byMs !== 0) clock.set(to);
}

async function json(request: Request): Promise<unknown> {
  const text = await request.text();
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    throw new SandboxError(400, 'Problems parsing JSON');
  }
}

/** @param appId the app under test. */
export function controlRoutes(parts: Parts, appId: number): Hono {
  const app = new Hono();
  const { engine, faults, calls, clock, hooks, rates, tokens } = parts;

  function person(request: Request): Actor {
    const actor = tokens.actorOf(request.headers.get('authorization'));
    if (!actor) throw new SandboxError(401, 'Requires authentication');
    return actor;
  }
  function repoOf(owner: string, name: string): Repository {
    const repo = repoByName(engine.world, owner, name);
    if (!repo) throw notFound();
    return repo;
  }

  app.get('/faults', (c) => c.json(faults.list()));
  app.post('/faults', async (c) => {
    const fault = parse(faultSchema, await json(c.req.raw));
    try {
      new RegExp(fault.match ?? '');
    } catch {
      throw new SandboxError(400, 'match is not a regular expression');
    }
    faults.add(fault);
    return c.json(fault, 201);
  });
  app.delete('/faults', (c) => {
    faults.clear();
    return c.body(null, 204);
  });
  app.get('/calls', (c) => c.json(calls.report(c.req.query('actor') ?? null)));
  app.delete('/calls', (c) => {
    calls.clear();
    return c.body(null, 204);
  });
  app.get('/idle', async (c) => {
    await hooks.idle();
    return c.json({ idle: true });
  });
  const time = () => ({ now: clock.now().toISOString(), held: clock.held() });
  app.get('/clock', (c) => c.json(time()));
  app.post('/clock', async (c) => {
    turn(clock, parse(clockSchema, await json(c.req.raw)));
    return c.json(time());
  });
  app.post('/rate-limit', async (c) => {
    const { limit, used } = parse(rateSchema, await json(c.req.raw));
    rates.set(limit, used);
    return c.json({ limit, used });
  });
  app.post('/tokens/expire', (c) => {
    tokens.expireAll();
    return c.body(null, 204);
  });
  app.post('/installation', async (c) => {
    const { action, account } = parse(installationSchema, await json(c.req.raw));
    changeInstallation(engine, { kind: 'user', login: 'alice' }, appId, account, action);
    return c.json({ action, account });
  });
  app.post('/app', async (c) => {
    const wanted = parse(appSchema, await json(c.req.raw));
    changeApp(engine, appId, wanted);
    return c.json(wanted);
  });
  app.post('/repos/:owner/:repo/merge-queue', async (c) => {
    const repo = repoOf(c.req.param('owner'), c.req.param('repo'));
    const { pull_number } = parse(queueSchema, await json(c.req.raw));
    const group = enqueuePull(engine, person(c.req.raw), repo, pullByNumber(repo, pull_number));
    return c.json(group, 201);
  });
  app.delete('/repos/:owner/:repo/merge-queue/:id', (c) => {
    const reason = parse(reasonSchema, c.req.query('reason') ?? 'dequeued');
    const repo = repoOf(c.req.param('owner'), c.req.param('repo'));
    finishGroup(engine, person(c.req.raw), repo, Number(c.req.param('id')), reason);
    return c.body(null, 204);
  });
  app.get('/repos/:owner/:repo/commits/:sha/actions', (c) => {
    const repo = repoOf(c.req.param('owner'), c.req.param('repo'));
    mustRead(engine.world, person(c.req.raw), repo, 'checks');
    const runs = [...repo.checkRuns.values()].filter((run) => run.headSha === c.req.param('sha') && run.actions.length > 0);
    return c.json(Object.fromEntries(runs.map((run) => [run.id, run.actions])));
  });
  app.post('/repos/:owner/:repo/check-runs/:id/requested-action', async (c) => {
    const repo = repoOf(c.req.param('owner'), c.req.param('repo'));
    const run = repo.checkRuns.get(Number(c.req.param('id')));
    if (!run) throw notFound();
    requestCheckAction(engine, person(c.req.raw), repo, run, parse(actionSchema, await json(c.req.raw)).identifier);
    return c.body(null, 204);
  });
  return app;
}
