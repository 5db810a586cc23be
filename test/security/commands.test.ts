/** Who may use which command, from where; and what looks like a command and starts nothing (A9). */
import { describe, expect, test } from 'vitest';
import { DEFAULT_CONFIG } from '../../src/config/load-config.ts';
import { decideCommand } from '../../src/decide/commands/decide-command.ts';
import { commands, commandsOf } from '../../src/decide/commands/help.ts';
import { parseCommands } from '../../src/decide/commands/parse.ts';
import { toInputs } from '../../src/intake/to-inputs.ts';
import type { Effects } from '../../src/model/effect.ts';
import type { CommandInput } from '../../src/model/trigger.ts';
import { COMMAND_PERMISSIONS, VERBS } from '../../src/model/verbs.ts';
import { facts, ledger, ofKind, repo, subject } from '../decide/build.ts';
import { length } from '../suite.ts';
import { effectsOf, HOSTILE, textsOf } from './hostile-text.ts';

const ROLES = ['none', 'read', 'triage', 'write', 'maintain', 'admin'] as const;
type Role = (typeof ROLES)[number];

/** As agreed: a new command must be written down here before anyone may use it. */
const NEEDS: Record<(typeof VERBS)[number], (typeof COMMAND_PERMISSIONS)[number]> = {
  start: 'triage',
  types: 'read',
  plan: 'read',
  log: 'triage',
  module: 'write',
  next: 'triage',
  accept: 'triage',
  block: 'triage',
  unblock: 'triage',
  fail: 'triage',
  recover: 'write',
  persona: 'triage',
  approve: 'write',
  sub: 'write',
  idea: 'triage',
  gap: 'triage',
  measure: 'write',
  joint: 'write',
  prompt: 'triage',
  cost: 'triage',
  waive: 'maintain',
  'no-code': 'write',
  complete: 'write',
  abandon: 'triage',
  sweep: 'triage',
  help: 'read',
};

const input = (body: string, author: string): CommandInput => ({
  kind: 'command',
  commentId: 'IC_7',
  body,
  author,
  isPull: false,
  labels: ['session:bug-fix'],
});

/** The subject was opened by alice. */
function decided(body: string, permission: Role, author = 'mallory', over = {}): Effects | null {
  return decideCommand(facts({ permission, own: ledger(), subject: subject(), ...over }), input(body, author));
}

function refused(effects: Effects | null): boolean {
  return (effects && ofKind(effects, 'comment.create').some(({ body }) => /needs \w+ permission/.test(body))) ?? false;
}

test('every command is written down with what it needs', () => {
  expect(Object.fromEntries(commands.map(({ verb, permission }) => [verb, permission]))).toEqual(NEEDS);
});

describe.each(commands)('/session $verb', (command) => {
  const example = [command.examples[0] ?? command.usage].join('\n');

  describe.each(ROLES)('as %s', (role) => {
    // Who opened or works on the issue has no more rights for it: only GitHub's roles count.
    test.each(['mallory', 'alice'])('by %s', (author) => {
      const may = ROLES.indexOf(role) >= ROLES.indexOf(command.permission);
      const effects = decided(example, role, author);
      expect(refused(effects)).toBe(!may);
      if (may) return;
      expect(effects?.ledger).toEqual([]);
      expect(effects?.github.map(({ kind }) => kind).sort()).toEqual(['comment.create', 'reaction.add']);
      expect(effects?.after.map(({ kind }) => kind)).toEqual(['command.done']);
    });
  });

  test('whoever is not known may nothing', () => {
    const effects = decideCommand(facts({ permission: null, own: ledger() }), input(example, 'mallory'));
    expect(refused(effects)).toBe(true);
  });

  test.each(COMMAND_PERMISSIONS)('the repository asks for %s: its floor holds', (asked) => {
    const config = { ...DEFAULT_CONFIG, commands: { permissions: { [command.verb]: asked } } };
    const [now] = commandsOf(config).filter(({ verb }) => verb === command.verb);
    const floor = command.floor ?? 'read';
    const wanted = ROLES.indexOf(asked) >= ROLES.indexOf(floor) ? asked : floor;
    expect(now?.permission).toBe(wanted);
    const below = ROLES[ROLES.indexOf(wanted) - 1] ?? 'none';
    expect(refused(decided(example, below, 'mallory', { repo: repo({ config }) }))).toBe(true);
  });

  test('hostile words behind it, below it and in place of it', () => {
    // In the short suite each command meets a few of them, and all commands together meet all.
    const few = HOSTILE.filter(
      (_, at) => (at + VERBS.indexOf(command.verb)) % HOSTILE.length < length({ short: 2, long: HOSTILE.length }),
    );
    for (const evil of few)
      for (const body of [`${example} ${evil}`, `/session ${command.verb} ${evil}`, `${example}\n${evil}`, `/session ${evil}`])
        for (const text of (decided(body, 'admin', evil)?.github ?? []).flatMap((effect) => textsOf(effect).markdown))
          expect(effectsOf(text), `${body}\n→\n${text}`).toEqual([]);
  });
});

describe('what is written so starts nothing', () => {
  const command = '/session abandon no time';
  test.each([
    ['code', `\`\`\`\n${command}\n\`\`\``],
    ['code of tildes', `~~~\n${command}\n~~~`],
    ['a longer fence', `\`\`\`\`\n\`\`\`\n${command}\n\`\`\`\``],
    ['indented code', `    ${command}`],
    ['code in a list', `- a\n\n      ${command}`],
    ['a quote', `> ${command}`],
    ['a quote that goes on', `> a\n${command}`],
    ['a quote in a quote', `>> ${command}`],
    ['a hidden comment', `<!-- ${command} -->`],
    ['a hidden comment over lines', `<!--\n${command}\n-->`],
    ['a hidden comment within a paragraph', `word <!--\n${command}\n--> word`],
    ['a list', `- ${command}`],
    ['a numbered list', `1. ${command}`],
    ['a heading', `# ${command}`],
    ['a table', `| a |\n|---|\n| ${command} |`],
    ['a folded part, as HTML', `<details>\n${command}\n</details>`],
    ['inline code', `\`${command}\``],
    ['within a sentence', `please ${command}`],
    ['another word', `/sessions abandon`],
    ['an escaped slash', `\\${command}`],
  ])('in %s', (_, body) => {
    expect(parseCommands(body)).toEqual([]);
  });

  test.each([
    ['a quote', '> a\n/session abandon x\n'],
    ['a list', '- a\n/session abandon x\n'],
    ['code', '```\n/session abandon x\n```\n'],
    ['a hidden comment', '<!--\n/session abandon x\n-->\n'],
    ['a folded part', '<details>\n/session abandon x\n</details>\n'],
  ])('in %s of a text too costly to be read whole', (_, part) => {
    const costly = `${'<?[a]~'.repeat(9_000)}\n\n`;
    expect(parseCommands(`${costly}${part}`)).toEqual([]);
    expect(parseCommands(`${costly}/session types\n\n${part}`).map(({ verb }) => verb)).toEqual(['types']);
  });
});

describe('whose comments start nothing', () => {
  const own = { appId: 7, botLogin: 'playcaller[bot]' };
  const person = { login: 'alice', type: 'User' };
  const bot = { login: 'other[bot]', type: 'Bot' };
  const us = { login: 'playcaller[bot]', type: 'Bot' };
  const delivery = (sender: object, user: object, action = 'created', more: object = {}) => ({
    action,
    sender,
    comment: { node_id: 'IC_1', body: '/session abandon x', user, ...more },
    issue: { number: 1, labels: [] },
    repository: { full_name: 'acme/shop' },
    installation: { id: 5 },
  });
  const kinds = (payload: object) => toInputs('issue_comment', payload, own).map(({ input: { kind } }) => kind);

  test("a person's does", () => {
    expect(kinds(delivery(person, person))).toEqual(['command']);
    expect(kinds(delivery(person, person, 'edited'))).toEqual(['command']);
  });

  test.each([
    ['a bot', delivery(bot, bot)],
    ['ourselves', delivery(us, us)],
    ['ourselves before our name is known', delivery(us, us, 'created', { performed_via_github_app: { id: 7 } })],
    ["a bot's comment, edited by a person", delivery(person, bot, 'edited')],
    ["a person's comment, edited by a bot", delivery(bot, person, 'edited')],
    ['our comment, edited by a person', delivery(person, us, 'edited')],
    ['a deleted comment', delivery(person, person, 'deleted')],
  ])('%s', (_, payload) => {
    expect(kinds(payload)).not.toContain('command');
  });

  test('an edit is judged by who edited, not by who wrote', () => {
    const [input] = toInputs('issue_comment', delivery({ login: 'mallory', type: 'User' }, person, 'edited'), own);
    expect(input?.input).toMatchObject({ kind: 'command', author: 'mallory' });
  });

  test.each(['issues', 'pull_request', 'pull_request_review', 'push', 'commit_comment', 'discussion_comment'])(
    'a command in the body of an event %s',
    (event) => {
      const payload = { ...delivery(person, person, 'opened'), review: { body: '/session abandon x' } };
      expect(toInputs(event, payload, own).some(({ input: { kind } }) => kind === 'command')).toBe(false);
    },
  );
});

describe('a comment of thousands of commands', () => {
  const body = Array.from({ length: 3_000 }, (_, at) => `/session x${at}`).join('\n');
  /** All rounds, each on what the one before did. */
  function played(permission: Role) {
    const done: string[] = [];
    const comments: string[] = [];
    for (let more = true; more; ) {
      const said = comments.map((text, at) => comment(text, at));
      const effects = decided(body, permission, 'mallory', { doneLines: done, subject: subject({ comments: said }) });
      for (const { body: text } of effects ? ofKind(effects, 'comment.create') : []) comments.push(text);
      for (const after of effects?.after ?? []) if (after.kind === 'command.done') done.push(after.line);
      more = effects?.more ?? false;
    }
    return comments;
  }
  const comment = (text: string, at: number) => ({ id: `IC_${at}`, body: text, ours: true, lastWriteOurs: true });

  test('a stranger gets three answers, and a word that it was too much', () => {
    const comments = played('read');
    expect(comments).toHaveLength(4);
    expect(comments.filter((text) => text.includes('3000 commands'))).toHaveLength(1);
  });

  test('who may triage gets fifty', () => {
    expect(played('triage')).toHaveLength(51);
  });
});
