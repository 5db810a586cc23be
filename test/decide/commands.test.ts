import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIG } from '../../src/config/load-config.ts';
import { commandLines } from '../../src/decide/commands/command-lines.ts';
import { decideCommand } from '../../src/decide/commands/decide-command.ts';
import { commands } from '../../src/decide/commands/help.ts';
import { parseCommands } from '../../src/decide/commands/parse.ts';
import type { CommandInput } from '../../src/model/trigger.ts';
import { VERBS } from '../../src/model/verbs.ts';
import { facts, ledger, ofKind, repo, saved, subject, wakesOf } from './build.ts';

const input = (body: string): CommandInput => ({
  kind: 'command',
  commentId: 'IC_7',
  body,
  author: 'alice',
  isPull: false,
  labels: [],
});
const may = (permission: 'none' | 'read' | 'triage' | 'write') => facts({ permission });

describe('what is a command', () => {
  it.each([
    ['/session sweep', ['sweep']],
    ['please\n/session types\nand\n/session sweep', ['types', 'sweep']],
    ['/session', ['help']],
    ['```\n/session sweep\n```', []],
    ['    /session sweep', []],
    ['> /session sweep', []],
    ['<!-- /session sweep -->', []],
    ['<!--\n/session sweep\n-->', []],
    ['run `/session sweep` now', []],
    ['see /session sweep', []],
    ['/sessions sweep', []],
    ['- /session sweep', []],
    ['/session SWEEP\r\n', ['sweep']],
  ])('%j', (body, verbs) => {
    expect(parseCommands(body).map((command) => command.verb)).toEqual(verbs);
  });
});

describe('commands are answered', () => {
  it('types: the chooser, one comment, and a reaction', () => {
    const effects = decideCommand(may('read'), input('/session types'));
    expect(effects && ofKind(effects, 'comment.create')[0]?.body).toContain('bug-fix');
    expect(effects && ofKind(effects, 'reaction.add')[0]).toMatchObject({ subjectId: 'IC_7', content: 'rocket' });
    expect(effects?.after).toEqual([{ kind: 'command.done', repo: 'acme/shop', commentId: 'IC_7', line: '/session types' }]);
  });

  it('sweep wakes the board, for those who may', () => {
    const effects = decideCommand(may('triage'), input('/session sweep'));
    expect(effects && wakesOf(effects)).toEqual(['acme/shop@board']);
    const refused = decideCommand(may('read'), input('/session sweep'));
    expect(refused && wakesOf(refused)).toEqual([]);
    expect(refused && ofKind(refused, 'comment.create')[0]?.body).toContain('needs triage');
  });

  it('the repository may ask for another permission, and the help says so', () => {
    const config = { ...DEFAULT_CONFIG, commands: { permissions: { sweep: 'read', types: 'maintain' } as const } };
    const here = (body: string) => decideCommand(facts({ permission: 'read', repo: repo({ config }) }), input(body));
    const said = (body: string) => ofKind(here(body) ?? { ledger: [], github: [], after: [] }, 'comment.create')[0]?.body;
    expect(wakesOf(here('/session sweep') ?? { ledger: [], github: [], after: [] })).toEqual(['acme/shop@board']);
    expect(said('/session types')).toContain('needs maintain');
    expect(said('/session help')).toMatch(/\/session types.*\| maintain \|/);
  });

  it('the configuration knows every command, and no other', () => {
    expect(commands.map(({ verb }) => verb).sort()).toEqual([...VERBS].sort());
  });

  it('a slip of the pen gets a suggestion, never an action', () => {
    const effects = decideCommand(may('write'), input('/session swep'));
    expect(effects && ofKind(effects, 'comment.create')[0]?.body).toContain('Did you mean `/session sweep`');
    expect(effects?.ledger).toEqual([]);
  });

  it('user text comes back without effect', () => {
    const effects = decideCommand(may('write'), input('/session @acme/team<!--x'));
    const body = effects ? (ofKind(effects, 'comment.create')[0]?.body ?? '') : '';
    expect(body.replace(/^<!-- playcaller:reply [^\n]*-->\n/, '')).not.toMatch(/(^|[^`\u200b\\&;#\w])@acme|<!--x/);
  });

  it('line by line: what was done is not done again, in whatever order it is edited', () => {
    const both = input('/session types\n/session sweep');
    const first = decideCommand(may('write'), both);
    expect(first?.after).toHaveLength(1);
    const second = decideCommand(facts({ permission: 'write', doneLines: ['/session types'] }), both);
    expect(second && wakesOf(second)).toEqual(['acme/shop@board']);
    expect(decideCommand(facts({ permission: 'write', doneLines: ['/session types', '/session sweep'] }), both)).toBeNull();
  });
});

describe('/session complete --no-code', () => {
  const at = (over = {}, body = '') =>
    facts({
      permission: 'write',
      own: ledger(over, {
        transitions: [
          {
            repo: 'acme/shop',
            number: 1,
            from: 'active',
            to: 'completed',
            who: 'alice',
            why: 'x',
            at: '2026-11-20T08:00:00.000Z',
          },
        ],
      }),
      subject: subject({ body, labels: ['session:bug-fix', 'state:active'] }),
      slots: { active: 1, activeFastLane: 0, queue: [] },
    });

  it('completes with its reason as evidence', () => {
    const effects = decideCommand(at(), input('/session complete --no-code the report is in the wiki'));
    expect(effects && saved(effects)).toMatchObject({
      state: 'completed',
      evidence: { kind: 'no-code', why: 'the report is in the wiki', by: 'alice' },
    });
    expect(effects && ofKind(effects, 'comment.create').some((effect) => effect.remember?.role === 'record')).toBe(true);
  });

  it('wants a reason, and met criteria', () => {
    const without = decideCommand(at(), input('/session complete --no-code'));
    expect(without && ofKind(without, 'comment.create')[0]?.body).toContain('/session complete --no-code &lt;why&gt;');
    const open = decideCommand(at({ criteria: [{ text: 'a', met: false }] }), input('/session complete --no-code done'));
    expect(open && saved(open)).toBeNull();
  });

  it('said twice after a crash completes once', () => {
    const evidence = { kind: 'no-code', why: 'done', by: 'alice' } as const;
    const effects = decideCommand(at({ state: 'completed', evidence }), input('/session complete --no-code done'));
    expect(effects?.ledger.some((effect) => effect.kind === 'transition.add')).toBe(false);
    expect(effects && ofKind(effects, 'comment.create').some((effect) => effect.remember === null)).toBe(false);
  });
});

it('what stands below a command belongs to it only where it takes lines: an edit of the talk is no new command', () => {
  const lines = (body: string) => commandLines(body).map(({ line }) => line);
  expect(lines('/session types\n\nThank you!')).toEqual(['/session types']);
  expect(lines('/session log tried it\nThank you!')).toEqual(['/session log tried it']);
  expect(lines('/session log\ntried it')).toEqual(['/session log\ntried it']);
  expect(lines('/session gap\n\nGap: no backup')).toEqual(['/session gap\nGap: no backup']);
});

it('a repository may ask for more to waive, never for less (G7)', () => {
  const config = { ...facts().repo.config, commands: { permissions: { waive: 'read' } } } as const;
  const effects = decideCommand(
    { ...may('write'), repo: { ...facts().repo, config } },
    input('/session waive tests we trust it'),
  );
  expect(effects && ofKind(effects, 'comment.create')[0]?.body).toContain('needs maintain');
});
