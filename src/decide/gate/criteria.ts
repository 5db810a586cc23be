/** Gate item: the session's acceptance criteria and its playbook's success criteria are ticked (G2, L8). */
import type { ItemResult } from '../../model/verdict.ts';
import * as words from '../../render/gate/criteria.ts';
import { type GateFacts, type GateItem, notApplicable, pass, waiting } from './types.ts';

export const criteria: GateItem = {
  id: 'criteria',
  title: words.title,
  defaultLevel: 'required',
  events: ['pull_request', 'issues', 'issue_comment'],
  check,
};

/** Open ones wait and do not fail: the work is going on, nothing is wrong with it. */
function check({ session: ledger, playbook }: GateFacts): ItemResult {
  if (!ledger) return notApplicable(words.noSession);
  const { session } = ledger;
  const success = playbook?.criteria ?? [];
  const total = session.criteria.length + success.length;
  if (total === 0) return notApplicable(words.none);
  const unmet = session.criteria.filter(({ met }) => !met);
  const open: words.OpenCriteria = {
    acceptance: unmet.filter(({ id }) => id === undefined).map(({ text }) => text),
    // Those that were accepted by command are ticked in the playbook comment too.
    playbook: [...success.filter(({ id }) => !session.ticks.includes(id)), ...unmet.filter(({ id }) => id !== undefined)].map(
      ({ text }) => text,
    ),
  };
  const left = open.acceptance.length + open.playbook.length;
  if (left === 0) return pass(words.met(session.criteria.length, success.length));
  return waiting(words.open(open, total), words.mend(session.number, session.url, open), words.waitsFor(left));
}
