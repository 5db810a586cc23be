/** Gate item: what lands on the default branch has a Conventional Commit header (G2). */
import { GATE_OPTIONS } from '../../config/gate-options.ts';
import type { ItemResult } from '../../model/verdict.ts';
import { points } from '../../render/gate/phrases.ts';
import * as words from '../../render/gate/title.ts';
import { firstLine, readHeader, suggestTitle } from './conventional.ts';
import { fail, type GateFacts, type GateItem, pass, waiting } from './types.ts';

export const title: GateItem = { id: 'title', title: words.title, defaultLevel: 'required', check };

function check({ pull, repo, session }: GateFacts, options: Record<string, unknown>): ItemResult {
  const { types } = GATE_OPTIONS.title.parse(options);
  const sessionType = session?.session.type ?? null;
  const ofTitle = readHeader(pull.title, types);
  const wish = suggestTitle(pull.title, types, sessionType);
  // GitHub: with COMMIT_OR_PR_TITLE a squash of one commit takes that commit's title.
  const commitLands = repo.squashTitle === 'COMMIT_OR_PR_TITLE' && pull.commits.total === 1;
  const message = commitLands ? pull.commits.firstMessage : null;
  const ofCommit = message === null ? null : readHeader(message, types);

  const seen: string[] = [];
  const mends: string[] = [];
  if ('fault' in ofTitle) {
    seen.push(words.fault(firstLine(pull.title), ofTitle.fault, 'title'));
    mends.push(words.mendTitle(wish, types));
  }
  if (message !== null && ofCommit && 'fault' in ofCommit) {
    seen.push(words.fault(firstLine(message), ofCommit.fault, 'commit'));
    mends.push(words.mendCommit(wish ?? suggestTitle(message, types, sessionType)));
  }
  if (seen.length > 0) return fail(points(seen), points(mends));
  if (commitLands && message === null) return waiting(words.commitUnread, null);
  return pass(words.good('type' in ofTitle ? ofTitle.type : '', commitLands ? 'title-and-commit' : 'title'));
}
