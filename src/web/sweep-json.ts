/** `GET /api/sweeps/:owner/:repo`: the figures of the last sweep, for whoever may read the repository (W12). */
import type { Hono } from 'hono';
import { etag } from 'hono/etag';
import type { Cycle } from '../model/board-facts.ts';
import type { Ledger } from '../store/ledger-types.ts';
import { type Doors, ifPermitted, isRepoName, keepPrivate, refuse } from './permitted.ts';

export type SweepParts = Doors<Pick<Ledger, 'cycles'>>;

const WORDS = {
  names: 'This wants /api/sweeps/<owner>/<repository>.',
  nothing: 'There is no sweep here: none has run yet, the repository is not known, or this token may not read it.',
};

export function sweepRoute(web: Hono, parts: SweepParts): void {
  web.get('/api/sweeps/:owner/:repo', etag(), (context) => {
    keepPrivate(context);
    const { owner, repo } = context.req.param();
    if (!isRepoName(owner, repo)) return refuse(context, 400, WORDS.names);
    return ifPermitted(context, parts, `${owner}/${repo}`, WORDS.nothing, async (ledger, name) => {
      const [newest] = await ledger.cycles(name, 1);
      return newest ? sweepJson(newest) : null;
    });
  });
}

/** Durations in hours, rates 0 to 1; null where nothing was seen, and for cycles from before figures were kept. */
export function sweepJson({ repo, day, number, startedAt, seen }: Cycle) {
  const { counts, metrics } = seen ?? {};
  return { repo, day, cycle: number, startedAt, planned: counts?.planned ?? null, metrics: metrics ?? null };
}
