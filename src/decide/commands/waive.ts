/** `/session waive`: a maintainer lets a pull request pass without one gate item (G7). */
import { GATE_ITEMS } from '../../config/gate-options.ts';
import type { LaneFacts } from '../../model/lane-facts.ts';
import type { Waiver } from '../../model/records.ts';
import { cleanText } from '../../render/markdown.ts';
import * as log from '../../render/special/log.ts';
import * as say from '../../render/special/replies.ts';
import { notebookOf, refusal, saidBefore } from '../special/notebook.ts';
import { nearest } from './nearest.ts';
import type { Asked, Command, CommandResult } from './types.ts';

export const waive: Command = {
  verb: 'waive',
  usage: '/session waive <item> <why> [--sticky]',
  does: 'waives a gate item for the commit that stands, or with `--sticky` for later ones too; `--off` takes it back',
  permission: 'maintain',
  floor: 'maintain',
  examples: [
    '/session waive size generated client, reviewed by its schema',
    '/session waive tests a spike that is thrown away --sticky',
    '/session waive tests --off',
  ],
  run(asked) {
    const session = notebookOf(asked.facts);
    const closed = refusal(session, 0);
    if (closed !== null) return { kind: 'wrong', because: closed };
    const words = asked.rest.split(/\s+/).filter((word) => word !== '');
    const sticky = words.includes('--sticky');
    const off = words.includes('--off');
    const [name = '', ...why] = words.filter((word) => word !== '--sticky' && word !== '--off');
    if (name === '') return { kind: 'wrong', because: say.waive.noItem(GATE_ITEMS) };
    const item = GATE_ITEMS.find((id) => id === name.toLowerCase());
    if (item === undefined) return { kind: 'wrong', because: say.waive.unknownItem(name, GATE_ITEMS, nearest(name, GATE_ITEMS)) };
    return off ? takeBack(item, asked) : put(item, cleanText(why.join(' '), 300), sticky, asked);
  },
};

function put(item: string, why: string, sticky: boolean, { facts, author, key }: Asked): CommandResult {
  if (!/[\p{L}\p{N}]{2}/u.test(why)) return { kind: 'wrong', because: say.waive.noWhy() };
  const head = headOf(facts);
  if (!sticky && 'because' in head) return { kind: 'wrong', because: head.because };
  const headSha = sticky || 'because' in head ? null : head.sha;
  const waiver: Waiver = { key, by: author, at: facts.now, item, why, headSha, sticky };
  return {
    kind: 'ask',
    log: log.waived(item, why, sticky),
    ask: {
      by: author,
      update: (records) => {
        if (records.waivers.some((other) => other.key === key)) return records;
        const others = records.waivers.filter((other) => other.item !== item || (!sticky && other.headSha !== headSha));
        return { ...records, waivers: [...others, waiver] };
      },
    },
  };
}

/** The commit that a waiver is for: the pull request's on which it was said, else that of the only open one. */
function headOf({ pull, subject }: LaneFacts): { sha: string } | { because: string } {
  if (pull) return { sha: pull.headSha };
  const [first, ...more] = subject.pulls.filter(({ state }) => state === 'open');
  if (!first) return { because: say.waive.noPull() };
  return more.length === 0
    ? { sha: first.headSha }
    : { because: say.waive.severalPulls([first, ...more].map((each) => each.number)) };
}

function takeBack(item: string, asked: Asked): CommandResult {
  const { facts, author } = asked;
  const there = notebookOf(facts)?.records.waivers.some((waiver) => waiver.item === item) ?? false;
  if (!there && !saidBefore(asked)) return { kind: 'wrong', because: say.waive.none(item) };
  return {
    kind: 'ask',
    log: log.unwaived(item),
    ask: {
      by: author,
      update: (records) => ({ ...records, waivers: records.waivers.filter((waiver) => waiver.item !== item) }),
    },
  };
}
