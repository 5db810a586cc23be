/** What a patch adds: line numbers, secrets, conflicts, binaries, and what could not be read. */
import { describe, expect, it } from 'vitest';
import { addedLines } from '../../src/gather/scan/added-lines.ts';
import { type PatchedFile, scanPatches } from '../../src/gather/scan/scan-patches.ts';

const BLOB = 'c'.repeat(40);
const LETTERS = 'q7Wk2ZtR9xLm4PvB8nYc3HdF6sJg1TaU5eKoXiQwEyMzVbNr';

function patched(filename: string, added: string[], more: Partial<PatchedFile> = {}): PatchedFile {
  const patch = [`@@ -0,0 +1,${added.length} @@`, ...added.map((line) => `+${line}`)].join('\n');
  return { filename, status: 'added', patch, additions: added.length, deletions: 0, changes: added.length, sha: BLOB, ...more };
}

function bare(filename: string, more: Partial<PatchedFile> = {}): PatchedFile {
  return { filename, status: 'added', additions: 0, deletions: 0, changes: 0, sha: BLOB, ...more };
}

/** Joined here, so that no scanner of this repository finds them. */
const SECRETS: [string, string[], string][] = [
  ['GitHub token', [`const token = "${['ghp', LETTERS.slice(0, 36)].join('_')}";`], 'GitHub token'],
  ['GitHub token that is no filler', [['ghp', 'a1B2'.repeat(9)].join('_')], 'GitHub token'],
  ['fine-grained token', [['github', 'pat', LETTERS.slice(0, 22), (LETTERS + LETTERS).slice(0, 59)].join('_')], 'GitHub token'],
  ['AWS key id', [`aws_access_key_id = ${['AKIA', 'Q7WK2ZTR4XLM3PVB'].join('')}`], 'AWS access key'],
  ['AWS secret', [`AWS_SECRET_${'ACCESS_KEY'}=${LETTERS.slice(0, 40)}`], 'AWS secret access key'],
  ['Slack', [['xoxb', '123456789012', '123456789012', LETTERS.slice(0, 24)].join('-')], 'Slack token'],
  ['npm', [`//npm.example.com/:_authToken=${['npm', LETTERS.slice(0, 36)].join('_')}`], 'npm token'],
  ['Stripe', [['sk', 'live', LETTERS.slice(0, 24)].join('_')], 'Stripe live key'],
  ['Google', [`AI${'za'}${LETTERS.slice(0, 35)}`], 'Google API key'],
  ['database', [`postgres://shop:${LETTERS.slice(0, 16)}@db.acme.example:5432/shop`], 'PostgreSQL address with a password'],
  [
    'private key over several lines',
    [
      `-----BEGIN RSA ${'PRIVATE'} KEY-----`,
      `MI${LETTERS}${LETTERS}`.slice(0, 64),
      LETTERS,
      LETTERS,
      `-----END RSA ${'PRIVATE'} KEY-----`,
    ],
    'private key',
  ],
  ['private key cut short', [`-----BEGIN ${'PRIVATE'} KEY-----`, LETTERS], 'private key'],
];

describe('addedLines', () => {
  it('numbers lines of the new file over several hunks', () => {
    const patch = [
      '@@ -1,4 +1,5 @@ head',
      ' one',
      '-two',
      '+TWO',
      '+two and a half',
      ' three',
      '@@ -40,2 +41,3 @@',
      ' forty',
      '++plus',
      '+@@ not a hunk',
      '\\ No newline at end of file',
    ].join('\n');
    expect(addedLines(patch)).toEqual([
      { line: 2, text: 'TWO' },
      { line: 3, text: 'two and a half' },
      { line: 42, text: '+plus' },
      { line: 43, text: '@@ not a hunk' },
    ]);
  });

  it('takes hunks without counts, and CRLF', () => {
    expect(addedLines('@@ -1 +1 @@\n-a\r\n\\ No newline at end of file\n+b\r')).toEqual([{ line: 1, text: 'b' }]);
  });
});

describe('secrets', () => {
  it.each(SECRETS)('finds: %s', async (_name, lines, kind) => {
    const before = ['import x from "y";', '', 'const n = 1;'];
    const { secrets, unread } = await scanPatches([patched('src/config.ts', [...before, ...lines, 'end();'])]);
    expect(secrets).toEqual([{ path: 'src/config.ts', line: 4, kind }]);
    expect(unread).toEqual([]);
    for (const line of lines) expect(JSON.stringify(secrets)).not.toContain(line);
  });

  it('counts only what the pull request adds, in the lines of the new file', async () => {
    const token = ['ghp', LETTERS.slice(0, 36)].join('_');
    const patch = `@@ -10,3 +10,3 @@\n ${token}\n-${token}\n+clean\n ok\n@@ -90,1 +90,2 @@\n ok\n+x = "${token}"`;
    const file = { filename: 'a.ts', status: 'modified', patch, additions: 2, deletions: 1, changes: 3, sha: BLOB };
    expect((await scanPatches([file])).secrets).toEqual([{ path: 'a.ts', line: 91, kind: 'GitHub token' }]);
    expect((await scanPatches([{ ...file, status: 'removed' }])).secrets).toEqual([]);
  });

  it('is not switched off by a comment in the diff', async () => {
    const lines = ['// secretlint-disable', ['ghp', LETTERS.slice(0, 36)].join('_'), '// secretlint-disable-line'];
    expect((await scanPatches([patched('a.ts', lines)])).secrets).toHaveLength(1);
  });

  it.each([
    ['filler', ['ghp', 'x'.repeat(36)].join('_')],
    ["AWS' documented example", ['AKIA', 'IOSFODNN7EXAMPLE'].join('')],
    ['AWS account', 'aws_account_id = 123456789012'],
    ['local database', ['postgres://shop', 's3cr3tpw@localhost', '5432/shop'].join(':')],
    ['user as password', ['postgres://postgres', 'postgres@db', '5432/shop'].join(':')],
    ['environment variable', ['mysql://$', '{DB_USER}:$', '{DB_PASS}@db.acme.example/shop'].join('')],
    ['word in prose', 'Set GITHUB_TOKEN to a token that begins with ghp_ and AWS_SECRET_ACCESS_KEY likewise.'],
    ['public key', '-----BEGIN PUBLIC KEY-----'],
    ['hash', 'integrity sha512-lztyqJPTfkY0Ze9P7vNs3zm7p2Wq1+4ilFXVrxin0sDyFVXpkt+0+vsKsmdx9yBHabxrLDZgxa7fIsfV721cLw=='],
  ])('leaves alone: %s', async (_name, line) => {
    expect((await scanPatches([patched('docs/setup.md', [line])])).secrets).toEqual([]);
  });

  it('never opens a file of this machine that a pull request names', async () => {
    const { secrets, unread } = await scanPatches([patched('/etc/keystore.p12', ['a']), patched('../../key.p12', ['b'])]);
    expect({ secrets, unread }).toEqual({ secrets: [], unread: [] });
  });

  it('leaves no marks behind: the scanner must not grow with every file', async () => {
    await scanPatches([patched('a.ts', ['const a = 1;'])]);
    const before = performance.getEntries().length;
    await scanPatches(Array.from({ length: 20 }, (_, index) => patched(`${index}.ts`, ['const a = 1;'])));
    expect(performance.getEntries().length).toBe(before);
  });

  it('reads thousands of files and very long lines', async () => {
    const files = Array.from({ length: 3000 }, (_, index) => patched(`src/${index}.ts`, ['const a = 1;']));
    const long = patched('bundle.js', ['-----BEGIN '.repeat(20_000), 'a:'.repeat(100_000), '${'.repeat(100_000)]);
    expect((await scanPatches([...files, long])).secrets).toEqual([]);
  });
});

describe('conflicts, binaries, unread files', () => {
  it('wants the three markers in order', async () => {
    const conflict = ['a', '<<<<<<< HEAD', 'b', '||||||| base', '=======', 'c', '>>>>>>> main'];
    expect((await scanPatches([patched('a.ts', conflict)])).conflictMarkers).toEqual([{ path: 'a.ts', line: 2 }]);
    for (const lines of [
      ['Title', '======='],
      ['<<<<<<< HEAD', 'x'],
      ['=======', '>>>>>>> main'],
      ['<<<<<<< a', '>>>>>>> b', '======='],
    ]) {
      expect((await scanPatches([patched('a.md', lines)])).conflictMarkers).toEqual([]);
    }
  });

  it('tells binaries from empty, moved and removed files', async () => {
    const { binaries, unread } = await scanPatches([
      bare('tool.bin'),
      bare('empty.txt', { sha: 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391' }),
      bare('moved.bin', { status: 'renamed' }),
      bare('gone.bin', { status: 'removed' }),
      bare('new-mode.sh', { status: 'changed' }),
      bare('swapped.jar', { status: 'modified' }),
    ]);
    expect({ binaries, unread }).toEqual({ binaries: ['tool.bin', 'swapped.jar'], unread: [] });
  });

  it('names what GitHub gave no patch of, or only a part', async () => {
    const { unread, binaries } = await scanPatches([
      bare('huge.sql', { additions: 90_000, changes: 90_000 }),
      patched('cut.ts', ['a', 'b'], { additions: 500, changes: 500 }),
    ]);
    expect({ unread, binaries }).toEqual({ unread: ['huge.sql', 'cut.ts'], binaries: [] });
  });
});
