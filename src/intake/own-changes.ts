/** What we did ourselves and heard of before GitHub had told us our name, right after a start: nobody asked for it (A9). */
import type { ChangeInput, Trigger } from '../model/trigger.ts';

/** @param login ours, `<slug>[bot]`; null while it is still not known */
export function ownChangesMarked(trigger: Trigger, login: string | null): Trigger {
  if (trigger.kind !== 'subject' || login === null) return trigger;
  const isOwn = ({ sender }: ChangeInput) => sender?.toLowerCase() === login.toLowerCase();
  return trigger.changes.some(isOwn)
    ? { ...trigger, changes: trigger.changes.map((change) => (isOwn(change) ? withoutWish(change) : change)) }
    : trigger;
}

/** A look remains; a label that we moved is no request, our own edit no person's. */
function withoutWish({ labelMove: _move, edit: _edit, ...change }: ChangeInput): ChangeInput {
  return { ...change, sender: null };
}
