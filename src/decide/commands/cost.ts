/** `/session cost planner=1k coder=0 validator=1k`: tells what a session cost; several add up (B5). */
import { TIERS, type Tier, type Tokens } from '../../model/pattern.ts';
import type { Cost } from '../../model/records.ts';
import { readTokens } from '../../model/tokens.ts';
import { noSession } from '../../render/commands/lifecycle.ts';
import * as words from '../../render/patterns/replies.ts';
import * as say from '../../render/special/replies.ts';
import { MAX_RECORDS, putRecord, saidBefore } from '../special/notebook.ts';
import { said, sessionHere, wrong } from './here.ts';
import { nearest } from './nearest.ts';
import { type Given, readOptions } from './options.ts';
import type { Command } from './types.ts';

const KINDS = { planner: 'word', coder: 'word', validator: 'word' } as const;

export const cost: Command = {
  verb: 'cost',
  usage: '/session cost [planner=…] [coder=…] [validator=…]',
  does: 'tells how many tokens the session cost, also after its end; several add up, a minus takes back',
  permission: 'triage',
  examples: ['/session cost planner=1k coder=0 validator=1k', '/session cost validator=1.5k', '/session cost planner=-9k'],
  run(asked) {
    // What it cost is often known only when it is over.
    const session = sessionHere(asked.facts)?.session;
    if (!session) return wrong(noSession());
    const costs = session.records.costs ?? [];
    const given = readOptions<Tier>(asked.rest, KINDS);
    const { tokens, faults } = readTiers(given);
    const again = saidBefore(asked);
    if (faults.length === 0 && !again) {
      if (costs.length >= MAX_RECORDS) return wrong(words.tooManyCosts(MAX_RECORDS));
      for (const tier of TIERS) if (total(costs, tier) + tokens[tier] < 0) faults.push(words.belowZero(tier));
    }
    if (faults.length > 0) return wrong(say.faults(faults));
    const record: Cost = { ...said(asked), ...tokens };
    return {
      kind: 'ask',
      log: words.costTold(tokens),
      ask: {
        by: asked.author,
        update: (records) => ({ ...records, costs: putRecord(records.costs ?? [], record, () => false) }),
      },
    };
  },
};

function total(costs: readonly Tokens[], tier: Tier): number {
  return costs.reduce((sum, one) => sum + one[tier], 0);
}

function readTiers({ text, options, twice, unknown, unclosed }: Given<Tier>): { tokens: Tokens; faults: string[] } {
  const faults: string[] = [];
  const tokens: Tokens = { planner: 0, coder: 0, validator: 0 };
  for (const tier of TIERS) {
    const value = options[tier];
    const read = value === undefined ? 0 : readTokens(value);
    if (read === null) faults.push(words.badTokens(tier, value ?? ''));
    else tokens[tier] = read;
  }
  if (text !== '') faults.push(words.strayCost(text));
  else if (Object.keys(options).length === 0) faults.push(words.noTiers());
  if (twice.length > 0) faults.push(say.twice(twice));
  for (const key of unknown) faults.push(say.unknownOption(key, nearest(key, TIERS)));
  if (unclosed) faults.push(say.unclosed());
  return { tokens, faults };
}
