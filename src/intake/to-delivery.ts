/** An event with its payload → what the inbox takes; the same for a webhook and for one that was missed. */
import type { NewDelivery } from '../store/inbox-types.ts';
import type { OwnIdentity } from './events/delivery.ts';
import { text } from './read.ts';
import { toInputs } from './to-inputs.ts';

export interface RawDelivery {
  guid: string;
  /** `issues` */
  event: string;
  payload: object;
}

/** Pure; never throws, whatever the payload holds. */
export function toDelivery({ guid, event, payload }: RawDelivery, own: OwnIdentity, now: Date): NewDelivery {
  const action = 'action' in payload ? text(payload.action) : null;
  return {
    guid,
    event: action ? `${event}.${action}` : event,
    receivedAt: now.toISOString(),
    inputs: toInputs(event, payload, own),
  };
}
