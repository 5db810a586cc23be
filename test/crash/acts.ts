/** The work of the rounds: each act has what leads up to it, in calm, and what is done while the app may die. */
import type { Hands } from './hands.ts';
import { pullActs } from './pull-acts.ts';
import { specialActs } from './special-acts.ts';

export interface Act {
  /** Also the name of its repository. */
  name: string;
  /** Each is settled before the next. */
  before: ((hands: Hands) => Promise<unknown>)[];
  storm(hands: Hands): Promise<unknown>;
}

export const started = (type: string) => (hands: Hands) =>
  hands.issue('Totals are wrong', '## Acceptance criteria\n\n- [ ] totals add up\n', `session:${type}`);

/** On a session that has begun. */
const on = (name: string, type: string, storm: Act['storm']): Act => ({ name, before: [started(type)], storm });
const saying = (name: string, type: string, body: string): Act => on(name, type, (hands) => hands.say(1, body));

const lifecycleActs: Act[] = [
  { name: 'start', before: [(hands) => hands.issue('Totals are wrong')], storm: (hands) => hands.label(1, 'session:bug-fix') },
  { name: 'born-labelled', before: [], storm: started('feature') },
  {
    name: 'two-types',
    before: [(hands) => hands.issue('Totals are wrong')],
    storm: (hands) => hands.label(1, 'session:bug-fix', 'session:feature'),
  },
  on('tick', 'bug-fix', (hands) => hands.tick(1, 3)),
  on('unlabel', 'refactoring', (hands) => hands.unlabel(1, 'session:refactoring')),
  on('close', 'bug-fix', (hands) => hands.edit(1, { state: 'closed' })),
  {
    name: 'reopen',
    before: [started('bug-fix'), (hands) => hands.edit(1, { state: 'closed' })],
    storm: (hands) => hands.edit(1, { state: 'open' }),
  },
  on('edit', 'bug-fix', (hands) =>
    hands.edit(1, { title: 'Totals were wrong', body: '## Acceptance criteria\n\n- [x] they add up' }),
  ),
  on('state-label', 'feature', (hands) => hands.label(1, 'state:abandoned')),
];

const commandActs: Act[] = [
  saying('types', 'bug-fix', '/session types'),
  saying('log-accept', 'bug-fix', '/session log Tried the old way\n/session accept Receipts add up'),
  saying('misspelt', 'bug-fix', '/session stattus'),
  saying('abandon', 'bug-fix', '/session abandon Not worth it'),
  saying('block', 'feature', '/session block The keys are missing'),
  {
    name: 'unblock',
    before: [started('feature'), (hands) => hands.say(1, '/session block The keys are missing')],
    storm: (hands) => hands.say(1, '/session unblock'),
  },
  {
    name: 'next-clear',
    before: [started('feature'), (hands) => hands.say(1, '/session next ask Bob')],
    storm: (hands) => hands.say(1, '/session next --clear'),
  },
  saying('persona', 'feature', '/session persona dana'),
  saying('steps', 'feature', '/session plan steps'),
  saying('sub', 'feature', '/session sub Move the table\n/session sub Describe it type=documentation'),
  saying('no-code', 'documentation', '/session complete --no-code It was said in the wiki'),
  saying('waive-cost', 'bug-fix', '/session waive criteria Agreed with the team\n/session cost planner=1k coder=0 validator=1k'),
  saying('prompt', 'feature', '/session prompt rest-endpoints RESOURCE=cart'),
  {
    name: 'start-command',
    before: [(hands) => hands.issue('Receipts')],
    storm: (hands) => hands.say(1, '/session start bug-fix'),
  },
];

export const acts: readonly Act[] = [...lifecycleActs, ...commandActs, ...pullActs, ...specialActs];
