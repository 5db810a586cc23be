/** Decides for a comment with commands: each line in order, each done once, each answered. */
import { closest, distance } from 'fastest-levenshtein';
import { digest } from '../../model/digest.ts';
import type { Effects } from '../../model/effect.ts';
import type { LaneFacts } from '../../model/lane-facts.ts';
import type { CommandInput } from '../../model/trigger.ts';
import { notAllowed, tooMany, unknownVerb, wrongUse } from '../../render/commands/help.ts';
import { sayEffects } from '../session/say.ts';
import { decideSubject, merge } from '../subject.ts';
import { isAllowed } from './allowed.ts';
import { commandLines } from './command-lines.ts';
import { commandsOf } from './help.ts';
import type { CommandLine } from './parse.ts';
import type { Command, CommandResult } from './types.ts';

/** Of one comment, lines that are taken: each costs a reading and a writing. */
const MOST_LINES = 50;
/** What a reader may ask for, once each. A stranger's thousand lines must not become a thousand comments of ours. */
const MOST_OF_READERS = 3;

/**
 * Decides for the first line that is not done yet; the next one is decided on facts read anew, so that it sees what
 * this one did. An edit runs only what is new. Null when all are done.
 */
export function decideCommand(facts: LaneFacts, input: CommandInput): Effects | null {
  const all = commandLines(input.body);
  const most = isAllowed(facts.permission ?? 'none', 'triage') ? MOST_LINES : MOST_OF_READERS;
  const [line, ...rest] = all.slice(0, most).filter((candidate) => !facts.doneLines.includes(candidate.line));
  if (!line) return null;
  const said = all.length > most ? [{ key: `${input.commentId} too-many`, body: tooMany(all.length, most) }] : [];
  const effects = decideLine(facts, input, line);
  const github = [...effects.github, ...sayEffects(said, facts.subject)];
  return { ...effects, github, more: rest.some((other) => other.line !== line.line) };
}

function decideLine(facts: LaneFacts, input: CommandInput, line: CommandLine): Effects {
  const commands = commandsOf(facts.repo.config);
  const command = commands.find((candidate) => candidate.verb === line.verb);
  const after: Effects['after'] = [{ kind: 'command.done', repo: facts.repo.name, commentId: input.commentId, line: line.line }];
  const reply = (body: string, good: boolean): Effects => ({
    ledger: [],
    github: [...sayEffects([{ key: `${input.commentId} ${digest(line.line)}`, body }], facts.subject), react(input, good)],
    after,
  });
  if (!command) {
    const nearest = closest(
      line.verb,
      commands.map((candidate) => candidate.verb),
    );
    const near = distance(line.verb, nearest) <= 3 ? `/session ${nearest}` : null;
    return reply(unknownVerb(line.verb, near, commands), false);
  }
  const has = facts.permission ?? 'none';
  if (!isAllowed(has, command.permission)) return reply(notAllowed(input.author, command, has), false);
  const key = `${input.commentId}:${digest(line.line)}`;
  const result = command.run({ facts, author: input.author, rest: line.rest, below: line.below, key });
  return answer(result, command, facts, input, after, reply, key);
}

function answer(
  result: CommandResult,
  command: Command,
  facts: LaneFacts,
  input: CommandInput,
  after: Effects['after'],
  reply: (body: string, good: boolean) => Effects,
  key: string,
): Effects {
  switch (result.kind) {
    case 'reply':
      return reply(result.body, true);
    case 'wrong':
      return reply(wrongUse(result.because, command), false);
    case 'done':
      return merge([result.effects, { ledger: [], github: [react(input, true)], after }]);
    case 'ask': {
      const said = result.reply === undefined ? { ledger: [], github: [react(input, true)], after } : reply(result.reply, true);
      const also = { ledger: result.ledger ?? [], github: result.github ?? [], after: [] };
      return merge([decideSubject(facts, [], { ...result.ask, key, log: result.log }), also, said]);
    }
  }
}

function react(input: CommandInput, good: boolean): Effects['github'][number] {
  return { kind: 'reaction.add', subjectId: input.commentId, content: good ? 'rocket' : 'confused' };
}
