/** Gate item: what was given for an earlier head is shown as stale: approvals, measurements (G2). */
import type { ItemResult } from '../../model/verdict.ts';
import * as words from '../../render/gate/fresh.ts';
import { standingOf } from './reviews.ts';
import { fail, type GateFacts, type GateItem, notApplicable, pass, waiting } from './types.ts';

export const fresh: GateItem = {
  id: 'fresh',
  title: words.title,
  defaultLevel: 'advisory',
  events: ['pull_request', 'pull_request_review', 'issue_comment'],
  check,
};

/**
 * Left out: ticks, of which no time is kept, and waivers, which end with their commit or were given for later ones too.
 * A head that is seen for the first time came just now.
 */
function check({ pull, session, now }: GateFacts): ItemResult {
  const { approvals, stale } = standingOf(pull);
  const measured = (session?.session.records.measures ?? []).filter(({ after }) => after !== null);
  const since = Date.parse(pull.headAt ?? now);
  const old = measured.filter(({ at }) => Date.parse(at) < since);
  if (approvals.length + stale.length + measured.length === 0) return notApplicable(words.nothing);
  const seen = words.seen({ approvals, stale, measured: measured.length, old, head: pull.headSha });
  const where = session ? { number: session.session.number, url: session.session.url } : null;
  if (old.length > 0) return fail(seen, words.mend(stale, where));
  if (stale.length > 0) return waiting(seen, words.mend(stale, null), words.waitsFor(stale.length));
  return pull.reviewsCut ? waiting(words.cut(seen), null) : pass(seen);
}
