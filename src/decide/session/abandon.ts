/** Giving up: the issue was closed without a merge, or its start label was taken off before any work (L1). */
import * as why from '../../render/session/reasons.ts';
import * as say from '../../render/session/replies.ts';
import { hasLabel, labelId } from './labels.ts';
import { type Advance, type Context, lastSender, move } from './move.ts';
import { hasWork } from './refresh.ts';

export function abandonIfAskedOrGone(from: Advance, context: Context): Advance {
  const { session } = from;
  const { subject, own, repo } = context.facts;
  if (!own || session.state === 'completed' || session.state === 'abandoned') return from;
  const { ask } = context;
  if (ask?.abandon !== undefined) return give(from, 'asked', ask.by, ask.abandon, context);
  if (subject.state === 'closed') {
    if (subject.pulls.some((pull) => pull.state === 'merged')) return from;
    return give(from, 'closed', lastSender(context), why.closed(subject.closeReason), context);
  }
  const label = repo.config.labels.sessionPrefix + session.type;
  // A label that was deleted from the repository was taken off by nobody: it is made again.
  if (ask?.start !== undefined || hasLabel(subject.labels, label) || labelId(repo, label) === null) return from;
  const remover = context.changes.findLast((change) => change.labelMove?.move === 'off' && change.labelMove.label === label)
    ?.labelMove?.by;
  if (hasWork(own)) {
    // Named by its moves: a try whose writes did not all arrive has a new version, and nothing new to say.
    const keep = { key: `label-back:${own.transitions.length}`, body: say.labelBack(label) };
    return { ...from, says: [...from.says, keep] };
  }
  return give(from, 'unlabelled', remover ?? lastSender(context), why.unlabelled(label), context);
}

function give(from: Advance, endedBy: 'asked' | 'closed' | 'unlabelled', who: string, reason: string, context: Context): Advance {
  const moved = move(from, 'abandoned', who, reason, context);
  return { ...moved, session: { ...moved.session, endedBy } };
}
