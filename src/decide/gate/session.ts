/** Gate item: the pull request serves a session that is active (G2). */

import { isOwnBranch } from '../../model/own-branches.ts';
import type { ItemResult } from '../../model/verdict.ts';
import * as words from '../../render/gate/session.ts';
import { fail, type GateFacts, type GateItem, notApplicable, pass, waiting } from './types.ts';

export const session: GateItem = {
  id: 'session',
  title: words.title,
  defaultLevel: 'required',
  events: ['pull_request', 'issues', 'issue_comment'],
  check,
};

function check({ pull, repo, session: ledger }: GateFacts): ItemResult {
  const { labels } = repo.config;
  const linked = ledger?.session;
  // What Playcaller proposes itself comes after a session; nobody else can pass for it.
  if (!linked && pull.ours && pull.headRepo === repo.name && isOwnBranch(pull.headRef)) return notApplicable(words.ofOurs);
  if (!linked) return fail(words.missing(pull.closes), words.howToLink(labels.sessionPrefix, pull.closes));
  const held = linked.holds?.[0]?.kind ?? null;
  switch (linked.state) {
    case 'active':
      return pass(words.active(linked, linked.number === pull.number));
    case 'planned':
      return waiting(
        words.planned(linked, linked.blocked, held),
        words.whenPlanned(labels.fastLane, linked.blocked, held),
        words.waitsFor(linked.blocked, held),
      );
    case 'completed':
      return fail(words.ended(linked, 'completed'), words.afterCompleted(labels.sessionPrefix));
    case 'abandoned': {
      const label = `${labels.sessionPrefix}${linked.type}`;
      return fail(words.ended(linked, 'abandoned'), words.afterAbandoned(linked, linked.endedBy, label));
    }
  }
}
