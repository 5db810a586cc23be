/** `GET /api/verdicts/:owner/:repo/:number`: a pull request's verdict with all reasons, for whoever may read the repository (G8). */
import type { Hono } from 'hono';
import { etag } from 'hono/etag';
import type { PullDetail } from '../model/verdict.ts';
import type { Ledger } from '../store/ledger-types.ts';
import { type Doors, ifPermitted, isRepoName, keepPrivate, refuse } from './permitted.ts';

export type VerdictParts = Doors<Pick<Ledger, 'detail' | 'pull'>>;

const NUMBER = /^[1-9]\d{0,9}$/;
const WORDS = {
  names: 'This wants /api/verdicts/<owner>/<repository>/<number of the pull request>.',
  nothing: 'There is no verdict here: the pull request or its repository is not known, or this token may not read it.',
};

export function verdictRoute(web: Hono, parts: VerdictParts): void {
  web.get('/api/verdicts/:owner/:repo/:number', etag(), (context) => {
    keepPrivate(context);
    const { owner, repo, number } = context.req.param();
    if (!isRepoName(owner, repo) || !NUMBER.test(number)) return refuse(context, 400, WORDS.names);
    return ifPermitted(context, parts, `${owner}/${repo}`, WORDS.nothing, async (ledger, name) => {
      const found = await read(ledger, name, Number(number));
      return found && verdictJson(found);
    });
  });
}

/** A pull request that is gone has its last verdict still, which says nothing any more. */
async function read(ledger: Pick<Ledger, 'detail' | 'pull'>, repo: string, number: number): Promise<PullDetail | null> {
  const [detail, record] = [await ledger.detail(repo, number), await ledger.pull(repo, number)];
  if (!detail || !record || record.state === 'open') return detail;
  return { ...detail, pull: { ...detail.pull, state: record.state }, verdict: null };
}

/** `state` is the verdict's while it is open, else `closed` or `merged`. Evidence and mend are Markdown. */
export function verdictJson({ repo, number, headSha, at, pull, verdict }: PullDetail) {
  const { title, url, draft, state, siblings = [] } = pull;
  return {
    repo,
    number,
    title,
    url,
    headSha,
    state: verdict?.state ?? state,
    at,
    draft,
    items: (verdict?.items ?? []).map(({ id, title: name, level, status, evidence, mend, annotations }) => ({
      id,
      title: name,
      level,
      status,
      evidence,
      mend,
      annotations,
    })),
    faults: verdict?.faults ?? [],
    sharesHeadWith: siblings,
  };
}
