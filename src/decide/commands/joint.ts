/** `/session joint`: who gives what to whom, and what happens when it fails (P10). */

import type { Joint } from '../../model/records.ts';
import { cleanText } from '../../render/markdown.ts';
import * as log from '../../render/special/log.ts';
import * as say from '../../render/special/replies.ts';
import { notebookOf, putRecord, refusal, sameText } from '../special/notebook.ts';
import { nearest } from './nearest.ts';
import { readOptions } from './options.ts';
import type { Command } from './types.ts';

const KINDS = { failure: 'text', fallback: 'text' } as const;

export const joint: Command = {
  verb: 'joint',
  usage: '/session joint <producer> -> <consumer>: <contract> [failure=… fallback=…]',
  does: 'notes what passes between two modules, how that can fail and what happens then; a diagram is drawn from it',
  permission: 'write',
  examples: [
    '/session joint preflight -> writer: PreflightResult as JSON, never empty',
    '/session joint cart -> payment: Order with its total in cents failure="no answer in 5 s" fallback="keep the order, try again"',
  ],
  run({ facts, author, rest, key }) {
    const session = notebookOf(facts);
    const given = readOptions(rest, KINDS);
    const match = /^(.+?)\s*(?:-+>|=+>|→|⟶)\s*(.+?)\s*:\s*(\S.*)$/.exec(given.text.slice(0, 2000));
    const [producer, consumer, contract] = [1, 2, 3].map((part) => cleanText(match?.[part] ?? '', part === 3 ? 300 : 80));
    const ends = [producer ?? '', consumer ?? ''] as const;
    const said = (other: Joint) =>
      sameText(other.producer, ends[0]) && sameText(other.consumer, ends[1]) && sameText(other.contract, contract ?? '');
    const joints = session?.records.joints ?? [];
    const old = joints.find(said) ?? null;
    const closed = refusal(session, old ? 0 : joints.length);
    if (closed !== null) return { kind: 'wrong', because: closed };
    const faults: string[] = [];
    if (ends.includes('') || !contract) faults.push(say.joint.shape());
    else if (sameText(...ends)) faults.push(say.joint.same(ends[0]));
    if (given.twice.length > 0) faults.push(say.twice(given.twice));
    for (const option of given.unknown) faults.push(say.unknownOption(option, nearest(option, Object.keys(KINDS))));
    if (given.unclosed) faults.push(say.unclosed());
    if (faults.length > 0) return { kind: 'wrong', because: say.faults(faults) };
    const text = (name: 'failure' | 'fallback') => cleanText(given.options[name] ?? '', 200) || (old?.[name] ?? null);
    const record: Joint = {
      key,
      by: author,
      at: facts.now,
      producer: ends[0],
      consumer: ends[1],
      contract: contract ?? '',
      failure: text('failure'),
      fallback: text('fallback'),
    };
    return {
      kind: 'ask',
      log: log.joined(...ends),
      ask: { by: author, update: (records) => ({ ...records, joints: putRecord(records.joints, record, said) }) },
    };
  },
};
