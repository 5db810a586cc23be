/** `/session complete --no-code <why>`: the evidence of a session that makes no code (L12). */
import {
  abandonedFirst,
  alreadyCompleted,
  childrenOpen,
  criteriaOpen,
  needsMerge,
  noReason,
  noSession,
} from '../../render/commands/complete.ts';
import { cleanText } from '../../render/markdown.ts';
import { openCriteriaOf } from '../session/accepted.ts';
import { openChildren } from '../session/children.ts';
import type { Command } from './types.ts';

const MAX = 500;

export const complete: Command = {
  verb: 'complete',
  usage: '/session complete --no-code <why>',
  does: 'completes a session that makes no code; others complete when their pull request is merged',
  permission: 'write',
  examples: ['/session complete --no-code the audit report is in the wiki'],
  run({ facts, author, rest }) {
    const session = facts.own?.session;
    if (!session) return { kind: 'wrong', because: noSession(facts.served?.session.number ?? null) };
    const match = /^--no-code\b\s*(.*)$/.exec(rest);
    if (!match) return { kind: 'wrong', because: needsMerge() };
    const why = cleanText(match[1] ?? '', MAX);
    if (!/[\p{L}\p{N}]/u.test(why)) return { kind: 'wrong', because: noReason() };
    const same = session.evidence?.kind === 'no-code' && session.evidence.why === why && session.evidence.by === author;
    if (session.state === 'completed' && !same) return { kind: 'wrong', because: alreadyCompleted() };
    if (session.state === 'abandoned') return { kind: 'wrong', because: abandonedFirst() };
    const heads = facts.subject.pulls.map((pull) => pull.headSha);
    const open = openCriteriaOf(session, heads);
    if (open > 0) return { kind: 'wrong', because: criteriaOpen(open) };
    const children = openChildren(session.children);
    if (children > 0) return { kind: 'wrong', because: childrenOpen(children) };
    return { kind: 'ask', ask: { by: author, evidence: { kind: 'no-code', why, by: author } } };
  },
};
