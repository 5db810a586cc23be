/** The timeline's events that have a type of their own here. */
import type { EventNode } from '../nodes.ts';

/** By the state's name of the event. */
export const eventKinds: Partial<Record<string, EventNode['__typename']>> = {
  labeled: 'LabeledEvent',
  unlabeled: 'UnlabeledEvent',
  closed: 'ClosedEvent',
  reopened: 'ReopenedEvent',
};
