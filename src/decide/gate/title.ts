/** Gate item: what lands on the default branch has a header as the repository wants it (G2). */
import { GATE_OPTIONS } from '../../config/gate-options.ts';
import type { CommitlintRule, CommitlintRules } from '../../model/commitlint.ts';
import type { ItemResult } from '../../model/verdict.ts';
import * as ruleWords from '../../render/gate/commitlint.ts';
import { points } from '../../render/gate/phrases.ts';
import * as words from '../../render/gate/title.ts';
import { lint } from './commitlint.ts';
import { firstLine, readHeader } from './conventional.ts';
import { suggestFor } from './suggest-title.ts';
import { fail, type GateFacts, type GateItem, pass, waiting } from './types.ts';

export const title: GateItem = {
  id: 'title',
  title: words.title,
  defaultLevel: 'required',
  events: ['pull_request', 'repository'],
  check,
};

function check({ pull, repo, session }: GateFacts, options: Record<string, unknown>): ItemResult {
  const { types, commitlint } = GATE_OPTIONS.title.parse(options);
  const own = commitlint ? repo.commitlint : undefined;
  const rules = own && 'rules' in own ? own : null;
  const sessionType = session?.session.type ?? null;
  const wish = (text: string) => suggestFor(text, { types, rules, sessionType });
  // GitHub: with COMMIT_OR_PR_TITLE a squash of one commit takes that commit's title.
  const commitLands = repo.squashTitle === 'COMMIT_OR_PR_TITLE' && pull.commits.total === 1;
  const message = commitLands ? pull.commits.firstMessage : null;
  const ofTitle = judge(pull.title, 'title', types, rules);
  const ofCommit = message === null ? null : judge(message, 'commit', types, rules);
  const notes = [own && 'why' in own ? ruleWords.notFollowed(own) : null, rules && ruleWords.plugins(rules)];

  const mends: (string | null)[] = [];
  if (ofTitle.fault !== null) {
    const { broken } = ofTitle;
    mends.push(rules && broken ? ruleWords.mend(wish(pull.title), broken, rules) : words.mendTitle(wish(pull.title), types));
  }
  if (ofCommit?.fault) mends.push(words.mendCommit(wish(pull.title) ?? wish(message ?? '')));
  if (mends.length > 0) {
    const lands = ofCommit?.fault ? words.commitLands : null;
    return fail(points([ofTitle.fault, ofCommit?.fault ?? null, lands, ...notes]), points(mends));
  }
  if (commitLands && message === null) return waiting(words.commitUnread, null);
  return pass(points([ofTitle.good, ofCommit ? words.commitIsGood : null, ofTitle.warning, ...notes]));
}

interface Judged {
  /** Null: it is fine. */
  fault: string | null;
  good: string;
  warning: string | null;
  /** Rules of the repository's own that it breaks; absent where ours was asked. */
  broken?: CommitlintRule[];
}

/** Unfinished work is ours to refuse; all else is the repository's where it has rules that can be read. */
function judge(text: string, of: 'title' | 'commit', types: readonly string[], rules: CommitlintRules | null): Judged {
  const header = readHeader(text, types);
  const none = { good: '', warning: null };
  if ('fault' in header && (rules === null || header.fault.kind === 'empty' || header.fault.kind === 'unfinished'))
    return { ...none, fault: words.fault(firstLine(text), header.fault, of) };
  if (rules === null) return { ...none, fault: null, good: words.good('type' in header ? header.type : '') };
  const { broken } = lint(wholeLine(text), rules);
  const errors = broken.filter(({ level }) => level === 'error');
  const warnings = broken.filter(({ level }) => level === 'warning');
  if (errors.length > 0)
    return { ...none, fault: ruleWords.fault(words.named(firstLine(text), of), errors, rules), broken: errors };
  const warning = warnings.length > 0 ? ruleWords.warning(warnings, rules) : null;
  return { fault: null, good: ruleWords.good(rules), warning };
}

/** With the blanks at its ends, which a rule may forbid. */
function wholeLine(text: string): string {
  return text.slice(0, 1000).split(/\r\n|\r|\n/, 1)[0] ?? '';
}
