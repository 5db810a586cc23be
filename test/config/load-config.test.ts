/** `.github/playcaller.yml`: defaults, every key, and each kind of mistake with line, field and message. */
import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIG, loadConfig } from '../../src/config/load-config.ts';

const FILE = '.github/playcaller.yml';

/** `line:column field: message` of each fault. */
function faultsOf(text: string): string[] {
  const { config, faults } = loadConfig(text, FILE);
  if (faults.length > 0) expect(config).toEqual(DEFAULT_CONFIG);
  return faults.map(({ file, line, column, field, message }) => {
    expect(file).toBe(FILE);
    return `${line}:${column} ${field}: ${message}`;
  });
}

describe('defaults', () => {
  it.each([null, '', '# nothing but a comment\n', 'version: 1\n'])('hold for %j', (text) => {
    expect(loadConfig(text, FILE)).toEqual({ config: DEFAULT_CONFIG, faults: [] });
  });

  it('are those of the contract', () => {
    expect(DEFAULT_CONFIG).toMatchObject({
      version: 1,
      capacity: 15,
      reserve: 1,
      categories: ['Security', 'Data Integrity', 'Golden Path', 'CI Stability', 'Graph', 'Infrastructure', 'UX', 'Analytics'],
      labels: {
        sessionPrefix: 'session:',
        state: { planned: 'state:planned', active: 'state:active', completed: 'state:completed', abandoned: 'state:abandoned' },
        categoryPrefix: 'category:',
        blocked: 'blocked',
        fastLane: 'fast-lane',
        backlogActive: 'backlog:active',
        backlogReserve: 'backlog:reserve',
        incident: 'incident',
      },
      branches: { create: true, prefix: 'session/', deleteMerged: true },
      sweep: { enabled: true, schedule: '0 7 * * 1-5', timezone: 'UTC' },
    });
    expect(Object.keys(DEFAULT_CONFIG.gate.items)).toEqual([
      'session',
      'title',
      'description',
      'hygiene',
      'ci',
      'tests',
      'docs',
      'security',
      'size',
      'coverage',
      'criteria',
      'type',
      'fresh',
    ]);
  });
});

describe('a good file', () => {
  it('overrides key by key', () => {
    const text = `
capacity: 3
reserve: 0
categories: [Security, Speed]
labels: { blocked: stuck, state: { active: in progress } }
branches: { create: false }
`;
    const { config, faults } = loadConfig(text, FILE);
    expect(faults).toEqual([]);
    expect(config).toMatchObject({ capacity: 3, reserve: 0, categories: ['Security', 'Speed'] });
    expect(config.labels).toEqual({
      ...DEFAULT_CONFIG.labels,
      blocked: 'stuck',
      state: { ...DEFAULT_CONFIG.labels.state, active: 'in progress' },
    });
    expect(config.branches).toEqual({ create: false, prefix: 'session/', deleteMerged: true });
  });

  it('gives a gate item as a word or as a map with options', () => {
    const { config } = loadConfig(
      'gate: {items: {ci: off, tests: {level: advisory, tests: [checks/**]}, title: {types: [feat]}}}',
      FILE,
    );
    expect(config.gate.items.ci).toEqual({ level: 'off', options: { waitMinutes: 30 }, written: true });
    expect(config.gate.items.tests).toMatchObject({ level: 'advisory', options: { tests: ['checks/**'] } });
    expect(config.gate.items.title).toEqual({
      level: DEFAULT_CONFIG.gate.items.title?.level,
      options: { types: ['feat'], commitlint: true },
      written: false,
    });
  });

  it('names the required items in short, and `items` wins', () => {
    const { config } = loadConfig('gate: {required: [ci], items: {title: required, tests: off}}', FILE);
    const levels = Object.fromEntries(Object.entries(config.gate.items).map(([id, { level }]) => [id, level]));
    expect(levels).toEqual({
      session: 'advisory',
      title: 'required',
      description: 'advisory',
      hygiene: 'advisory',
      ci: 'required',
      tests: 'off',
      docs: 'advisory',
      security: 'advisory',
      size: 'advisory',
      coverage: 'advisory',
      criteria: 'advisory',
      type: 'advisory',
      fresh: 'advisory',
    });
  });

  it('takes schedules and time zones as cron and IANA write them', () => {
    const { config, faults } = loadConfig("sweep: {schedule: '30 6 * * MON-FRI', timezone: Europe/Berlin, enabled: false}", FILE);
    expect(faults).toEqual([]);
    expect(config.sweep).toMatchObject({ enabled: false, schedule: '30 6 * * MON-FRI', timezone: 'Europe/Berlin' });
  });

  it('renames every label', () => {
    const rename = (value: object, at: string): object =>
      Object.fromEntries(
        Object.entries(value).map(([key, inner]) => [
          key,
          typeof inner === 'string' ? `${at}${key}` : rename(inner, `${at}${key}-`),
        ]),
      );
    const labels = rename(DEFAULT_CONFIG.labels, 'x-');
    expect(loadConfig(JSON.stringify({ labels }), FILE)).toMatchObject({ config: { labels }, faults: [] });
  });

  it('takes approval of plans, an archive and permissions of commands', () => {
    const text = 'plan: {approval: true}\narchive: {path: docs/sessions/}\ncommands: {permissions: {sweep: write, help: triage}}';
    expect(loadConfig(text, FILE)).toMatchObject({
      config: {
        plan: { approval: true },
        archive: { path: 'docs/sessions' },
        commands: { permissions: { sweep: 'write', help: 'triage' } },
      },
      faults: [],
    });
    expect(DEFAULT_CONFIG).toMatchObject({ plan: { approval: false }, archive: { path: null }, commands: { permissions: {} } });
  });
});

const FOLDER = "must be a folder of the repository such as docs/sessions: no leading '/', no '.', '..' or '.git' in it";
const levels = 'one of off, advisory, required';
const items = 'session, title, description, hygiene, ci, tests, docs, security, size, coverage, criteria, type, fresh';

describe('a mistake is told with line, column, field and words', () => {
  it.each<[what: string, text: string, fault: string]>([
    ['a slip in a key', 'capcity: 3', '1:1 capcity: unknown key "capcity" (did you mean "capacity"?)'],
    [
      'a slip further down',
      'sweep:\n  scedule: "0 7 * * *"',
      '2:3 sweep.scedule: unknown key "scedule" (did you mean "schedule"?)',
    ],
    [
      'a key of a later release',
      'notify: {path: x}',
      '1:1 notify: unknown key "notify"; known here: version, capacity, reserve, categories, labels, branches, plan, gate, sweep, archive, commands',
    ],
    [
      'a key meant to poison',
      '__proto__: {a: 1}',
      '1:1 __proto__: unknown key "__proto__"; known here: version, capacity, reserve, categories, labels, branches, plan, gate, sweep, archive, commands',
    ],
    ...['/docs', '../docs', 'docs/../..', './docs', 'docs//x', 'a\\\\b', '.git/x', '"docs /x"'].map(
      (path): [string, string, string] => [
        `the archive in ${path}`,
        `archive: { path: ${path} }`,
        `1:18 archive.path: ${FOLDER}`,
      ],
    ),
    ['an archive without a name', 'archive: { path: "" }', `1:18 archive.path: ${FOLDER}`],
    [
      'a slip in a verb',
      'commands: { permissions: { sweeep: write } }',
      '1:28 commands.permissions.sweeep: unknown key "sweeep" (did you mean "sweep"?)',
    ],
    [
      'a slip in a permission',
      'commands: { permissions: { sweep: mantain } }',
      '1:35 commands.permissions.sweep: must be one of read, triage, write, maintain, not "mantain" (did you mean "maintain"?)',
    ],
    ['a word for approval', 'plan: { approval: always }', '1:19 plan.approval: must be true or false, not "always"'],
    ['another version', 'version: 2', '1:10 version: must be 1, not 2'],
    ['text for a number', 'capacity: "five"', '1:11 capacity: must be a number, not "five"'],
    ['half a session', 'capacity: 2.5', '1:11 capacity: must be a whole number, not 2.5'],
    ['no value', 'capacity:', '1:10 capacity: must be a number, not nothing'],
    ['no room at all', 'capacity: 0\nreserve: 0', '1:11 capacity: must be at least 1'],
    ['a negative reserve', 'reserve: -1', '1:10 reserve: must be at least 0'],
    [
      'a reserve as big as the capacity',
      'capacity: 4\nreserve: 4',
      '2:10 reserve: must be below the capacity: 4 of 4 slots would be reserved',
    ],
    [
      'a capacity that the default reserve fills',
      'capacity: 1',
      '1:1 reserve: must be below the capacity: 1 of 1 slots would be reserved',
    ],
    ['no category', 'categories: []', '1:1 categories: must have at least 1 entry'],
    ['a category twice', 'categories:\n  - UX\n  - ux', '3:5 categories.1: the category "ux" stands twice'],
    [
      'a category too long for a label',
      `categories: [${'x'.repeat(45)}]`,
      '1:14 categories.0: makes a label of more than 50 characters',
    ],
    ['a map for a list', 'categories: {a: 1}', '1:1 categories: must be a list, not a map'],
    ['a long label', `labels:\n  blocked: ${'x'.repeat(51)}`, '2:12 labels.blocked: must have at most 50 characters'],
    ['an empty label', 'labels: {blocked: " "}', '1:19 labels.blocked: must not be empty'],
    ['two lines in a label', 'labels: {blocked: "a\\nb"}', '1:19 labels.blocked: must be one line without control characters'],
    [
      'a label used twice',
      'labels:\n  blocked: stop\n  incident: STOP',
      '3:13 labels.incident: the label "STOP" is already the one of blocked',
    ],
    [
      'a label that would start a session',
      'labels: {incident: "session:now"}',
      '1:20 labels.incident: begins with the session prefix "session:" and would start a session',
    ],
    [
      'prefixes that nobody can tell apart',
      'labels: {categoryPrefix: "session:c:"}',
      '1:26 labels.categoryPrefix: cannot be told from the session prefix',
    ],
    [
      'a branch prefix that git refuses',
      'branches: {prefix: a..b/}',
      '1:20 branches.prefix: is no valid beginning of a branch name',
    ],
    ['a word for yes', 'branches: {create: yes}', '1:20 branches.create: must be true or false, not "yes"'],
    ['an unknown gate item', 'gate: {items: {titel: off}}', '1:16 gate.items.titel: unknown key "titel" (did you mean "title"?)'],
    [
      'a slip in a level',
      'gate: {items: {ci: requird}}',
      `1:20 gate.items.ci: must be ${levels}, or a map, not "requird" (did you mean "required"?)`,
    ],
    ['a number for a level', 'gate: {items: {ci: 5}}', `1:20 gate.items.ci: must be ${levels}, or a map, not 5`],
    [
      'a slip in a level inside a map',
      'gate: {items: {ci: {level: advisry}}}',
      `1:28 gate.items.ci.level: must be ${levels}, not "advisry" (did you mean "advisory"?)`,
    ],
    [
      'an option that the item does not have',
      'gate:\n  items:\n    tests: {globs: [a]}',
      '3:13 gate.items.tests.globs: unknown key "globs"; known here: level, code, tests',
    ],
    [
      'an unknown required item',
      'gate: {required: [titel]}',
      `1:19 gate.required.0: must be one of ${items}, not "titel" (did you mean "title"?)`,
    ],
    ['a required item twice', 'gate: {required: [ci, ci]}', '1:23 gate.required.1: the item "ci" stands twice'],
    [
      'a date that never comes',
      'sweep: {schedule: "0 0 30 2 *"}',
      '1:19 sweep.schedule: "0 0 30 2 *" never comes; there is no such date',
    ],
    [
      'a cron of six fields',
      'sweep: {schedule: "0 0 7 * * 1"}',
      "1:19 sweep.schedule: is no cron expression of five fields: mode '5-part' requires exactly 5 parts, but pattern '0 0 7 * * 1' has 6 parts.",
    ],
    [
      'an hour too many',
      'sweep: {schedule: "0 25 * * *"}',
      '1:19 sweep.schedule: is no cron expression of five fields: Invalid value for hour: 25',
    ],
    [
      'a time zone of Mars',
      'sweep: {timezone: Mars/Olympus}',
      '1:19 sweep.timezone: is no time zone that is known here; write it like Europe/Berlin',
    ],
    [
      'broken YAML',
      'capacity: [3',
      '1:13 : not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
    ['a tab', 'sweep:\n\tenabled: true', '2:1 : not valid YAML: Tabs are not allowed as indentation'],
    ['a key twice', 'sweep:\n  enabled: true\n  enabled: false', '3:3 sweep.enabled: the key "enabled" stands twice'],
    ['a list as the file', '- a', '1:1 : must be a map of keys to values, not a list'],
    ['a text as the file', 'hello', '1:1 : must be a map of keys to values, not text'],
    ['two documents', 'capacity: 3\n---\ncapacity: 4', '2:1 : holds several YAML documents; only one is allowed'],
    [
      'an unknown alias',
      'capacity: *none',
      '1:1 : not valid YAML: Unresolved alias (the anchor must be set before the alias): none',
    ],
  ])('%s', (_, text, fault) => {
    expect(faultsOf(text)).toEqual([fault]);
  });

  it('all at once, in the order of the file', () => {
    const text = 'capacity: x\nsweep:\n  timezone: Nowhere\n  act: true\nreserve: y\n';
    expect(faultsOf(text).map((fault) => fault.split(':')[0])).toEqual(['1', '3', '4', '5']);
  });

  it('at most fifty and a word on the rest', () => {
    const text = Array.from({ length: 80 }, (_, n) => `key-${n}: 1`).join('\n');
    const faults = faultsOf(text);
    expect(faults).toHaveLength(51);
    expect(faults.at(-1)).toBe('51:1 : and 30 more faults from here on');
  });

  it('through an alias, where its anchor stands', () => {
    expect(faultsOf('labels: &x {blocked: 5}\nbranches: *x')).toEqual([
      '1:13 branches.blocked: unknown key "blocked"; known here: create, prefix, deleteMerged',
      '1:22 labels.blocked: must be text, not 5',
    ]);
  });
});

describe('a hostile file', () => {
  const laughs = [
    'a: &a [x, x, x, x, x, x, x, x, x]',
    ...['b', 'c', 'd', 'e'].map((name, n) => {
      const before = 'abcd'[n];
      return `${name}: &${name} [${Array(9).fill(`*${before}`).join(', ')}]`;
    }),
  ].join('\n');

  it.each<[what: string, text: string, message: string]>([
    ['an alias bomb', laughs, 'not valid YAML: Excessive alias count indicates a resource exhaustion attack'],
    ['endless nesting', '['.repeat(100_000), 'not valid YAML: nested too deeply'],
    ['a file too big', `# ${'x'.repeat(100 * 1024)}`, 'the file has 102402 bytes; at most 102400 are read'],
    ['a circle', 'categories: &c [*c]', 'must be text, not a list'],
  ])('%s is a fault, not an exception', (_, text, message) => {
    expect(loadConfig(text, FILE).faults.map((fault) => fault.message)).toEqual([message]);
  });
});
