/** `playcaller sweep FILE` as people run it: what it prints, what it refuses, how it ends (W13). */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sweepCommand } from '../../src/cli/sweep.ts';
import { UsageFault } from '../../src/cli/usage-fault.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const MAIN = join(ROOT, 'src/cli/main.ts');
const FILES = join(ROOT, 'test/sweep/files');
const S2 = join(FILES, 's2-example.json');

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'playcaller-sweep-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function sweep(args: string[], input = '') {
  const given = { encoding: 'utf8' as const, cwd: dir, input };
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, 'sweep', ...args], given);
  return { status, stdout, stderr };
}

function put(content: unknown, name = 'sessions.json'): void {
  writeFileSync(join(dir, name), JSON.stringify(content));
}

const golden = (name: string) => readFileSync(join(FILES, name), 'utf8');

describe("S2's example", () => {
  it('as text', () => {
    expect(sweep([S2])).toEqual({ status: 0, stderr: '', stdout: golden('s2-example.txt') });
  });

  it('as data', () => {
    expect(sweep([S2, '--json'])).toEqual({ status: 0, stderr: '', stdout: golden('s2-example.plan.json') });
  });

  it('has the fields that the contract names', () => {
    const plan = JSON.parse(sweep([S2, '--json', '--capacity', '12', '--reserve-slot', '2']).stdout);
    expect(plan).toMatchObject({ observed: 2, capacity: 12, reserve: 2, freeSlotsNeeded: 0 });
    expect(plan.shipOrder[0]).toMatchObject({
      name: 'timeline-ui',
      rank: 1,
      status: 'pr-ready',
      category: 'UX',
      remainingSteps: 1,
      because: 'ready: only the merge is left',
    });
    expect(plan.backfill).toEqual(['Security', 'Data Integrity', 'Golden Path', 'Graph', 'Infrastructure', 'Analytics']);
    expect(plan.coldCategories).toEqual(plan.backfill);
  });

  it('from standard input, JSON or YAML', () => {
    expect(sweep(['-'], readFileSync(S2, 'utf8')).stdout).toBe(golden('s2-example.txt'));
    const yaml = [
      '- { name: timeline-ui, status: PR-ready, category: UX, remaining_steps: 1 }',
      '- name: ci-hardening',
      '  status: needs more work',
      '  category: ci-stability',
      '  remaining_steps: 3',
      '  blocker: waiting for infra fix',
    ];
    expect(sweep(['-'], yaml.join('\n')).stdout).toBe(golden('s2-example.txt'));
  });
});

describe('a board', () => {
  it('a mixed one reads as it should', () => {
    put([
      { name: 'checkout-rounding', status: 'PR created', category: 'golden-path', remaining_steps: 1, age_days: 6 },
      { name: 'timeline-ui', status: 'pr-ready', category: 'UX', remaining_steps: 1, blocked: false },
      {
        name: 'ci-hardening',
        status: 'needs-more-work',
        category: 'CI Stability',
        remaining_steps: 3,
        blocked: true,
        blocker: 'the infrastructure team moves the build runners to the new network, which needs a change window',
        age: 12,
      },
      { name: 'a-name-that-is-longer-than-any-table-has-room', status: 'needs_more_work', remaining_steps: 2 },
      {
        name: '支払い',
        status: 'needs-more-work',
        category: 'Platform',
        remaining_steps: 2,
        url: 'https://example.com',
        tags: [],
      },
      { name: '**b** @alice \u001b[31mred\u0007\r\nnew\u202e', status: 'Pr-Open', blocked: true },
      { name: 'old', status: 'ARCHIVED', category: 'Graph' },
      { name: 'old', status: 'archived', category: 'Graph' },
    ]);
    const { status, stdout } = sweep(['sessions.json', '--capacity', '5', '--reserve-slot', '2']);
    expect(status).toBe(0);
    expect(stdout).toBe(golden('mixed.txt'));
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it.each([
    [[], 'Free slots needed: 0 (14 more may start)'],
    [['--capacity', '5'], 'Free slots needed: 0 (full: ship one before you start one)'],
    [['--capacity', '4'], 'Free slots needed: 1 (ship the first one below)'],
    [['--capacity', '3'], 'Free slots needed: 2 (ship the first 2 below)'],
    [['--capacity', '1', '--reserve-slot', '0'], 'Free slots needed: 3 (ship the first 2 below, unblock or archive 1)'],
  ])('says what the slots ask for: %j', (args, said) => {
    const work = (name: string, blocked = false) => ({ name, status: 'needs-more-work', remaining_steps: 1, blocked });
    put(args.length === 0 ? [] : [work('a'), work('b'), work('c', true), work('d', true)]);
    expect(sweep(['sessions.json', ...args]).stdout).toContain(`${said}\n`);
  });

  it('all blocked', () => {
    put([{ name: 'a', status: 'pr-ready', blocker: 'legal' }]);
    const { stdout } = sweep(['sessions.json', '--capacity', '2', '--reserve-slot', '1', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ blockers: [{ name: 'a', status: 'pr-ready', blocker: 'legal', ageDays: null }] });
    put(['a', 'b'].map((name) => ({ name, status: 'pr-ready', blocker: 'legal' })));
    const said = 'Free slots needed: 1 (nothing can be shipped: unblock or archive 1)\n';
    expect(sweep(['sessions.json', '--capacity', '2']).stdout).toContain(said);
  });

  it('nothing at all, behind a byte order mark', () => {
    writeFileSync(join(dir, 'none.json'), '\uFEFF []\n');
    const { status, stdout } = sweep(['none.json']);
    expect(status).toBe(0);
    expect(stdout).toContain('Close/ship in this order: nothing is open\n\nBlockers: none\n');
  });

  it('a reader that has enough', () => {
    put(Array.from({ length: 20_000 }, (_, i) => ({ name: `s${i}`, status: 'pr-open' })));
    const piped = `"${process.execPath}" "${MAIN}" sweep sessions.json | head -n 1`;
    const { stdout, stderr } = spawnSync('sh', ['-c', piped], { encoding: 'utf8', cwd: dir });
    expect([stdout, stderr]).toEqual(['Sessions observed: 20000 (20000 open, 0 archived; capacity 15, reserve 1)\n', '']);
  });

  it('--json shows no character that a terminal would obey', () => {
    put([{ name: 'a\u009b31m\u202e', status: 'pr-open' }]);
    const { stdout } = sweep(['sessions.json', '--json']);
    expect(stdout).toMatch(/^[\n\x20-\x7E]*$/);
    expect(JSON.parse(stdout).shipOrder[0].name).toBe('a\u009b31m\u202e');
  });
});

describe('wrong use ends with 2', () => {
  it.each([
    [[], 'name a file of sessions, - for standard input, or owner/repository. See --help.'],
    [['nowhere.json'], 'there is no file nowhere.json.'],
    [['data/nowhere.json'], 'there is no file data/nowhere.json.'],
    [['.'], '. cannot be read (EISDIR).'],
    [[S2, 'x'], "Unexpected argument 'x'. See --help."],
    [[S2, '--capcity', '3'], "Unknown option '--capcity'. See --help."],
    [[S2, '--capacity'], "Option '--capacity <value>' argument missing. See --help."],
    [[S2, '--capacity', '0'], '--capacity wants a whole number from 1, not "0".'],
    [[S2, '--capacity', '-3'], '--capacity wants a whole number from 1, not "-3".'],
    [[S2, '--capacity=-3'], '--capacity wants a whole number from 1, not "-3".'],
    [[S2, '--capacity', '1.5'], '--capacity wants a whole number from 1, not "1.5".'],
    [[S2, '--capacity', ''], '--capacity wants a whole number from 1, not "".'],
    [[S2, '--capacity', '1e3'], '--capacity wants a whole number from 1, not "1e3".'],
    [[S2, '--reserve-slot', '-1'], '--reserve-slot wants a whole number from 0, not "-1".'],
    [
      [S2, '--reserve-slot', '15'],
      '--reserve-slot 15 must be below --capacity 15: no slot would be left. Try --reserve-slot 14.',
    ],
    [
      [S2, '--capacity', '3', '--reserve-slot', '7'],
      '--reserve-slot 7 must be below --capacity 3: no slot would be left. Try --reserve-slot 2.',
    ],
    [
      [S2, '--capacity', '1'],
      '--reserve-slot 1 (the default) must be below --capacity 1: no slot would be left. Try --reserve-slot 0.',
    ],
  ])('%j', async (args, said) => {
    await expect(sweepCommand(args)).rejects.toThrow(new UsageFault(said));
  });

  it('told on standard error, without a stack trace', () => {
    const stderr = 'playcaller sweep: there is no file acme/shop.json.\n';
    expect(sweep(['acme/shop.json'])).toEqual({ status: 2, stdout: '', stderr });
  });

  it('a file with faults: all of them, with index, field and line', () => {
    writeFileSync(
      join(dir, 'sessions.json'),
      '[\n  {"name": "a", "status": "redy"},\n  {"name": "b", "status": "pr\\u001b[2J", "remaning_steps": 2}\n]\n',
    );
    expect(sweep(['sessions.json'])).toEqual({
      status: 2,
      stdout: '',
      stderr: [
        'playcaller sweep: 3 faults',
        '  sessions.json[0].status: "redy" is no status (did you mean pr-ready?) (line 2)',
        '  sessions.json[1].remaning_steps: is no key of a session (did you mean remaining_steps?) (line 3)',
        '  sessions.json[1].status: "pr[2J" is no status; one of pr-ready, pr-open, pr-created, needs-more-work, archived (line 3)',
        '',
      ].join('\n'),
    });
  });

  it('a file that is no text', () => {
    writeFileSync(join(dir, 'sessions.json'), Buffer.from('\uFEFF[]', 'utf16le'));
    expect(sweep(['sessions.json'])).toMatchObject({
      status: 2,
      stderr: 'playcaller sweep: sessions.json is not UTF-8 text; save it as UTF-8.\n',
    });
  });

  it('--help', () => {
    expect(sweep(['--help'])).toMatchObject({ status: 0, stdout: expect.stringContaining('Usage: playcaller sweep <file>') });
  });
});
