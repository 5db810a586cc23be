/** docs/operations.md and the alert rules are true: every metric, every runbook, every log field, and a GUID that can be followed. */

import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { requireFree } from '../../src/cli/free-port.ts';
import { startSandbox } from '../../src/sandbox/server.ts';
import { createMetrics } from '../../src/web/metrics.ts';
import { deliver, issuesLabeled, SECRET } from '../intake/deliver.ts';
import { startApp } from '../start/app-process.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const guide = read('docs/operations.md');
/** As GitHub makes them of headings. */
const anchors = new Set(
  [...guide.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  ),
);

/** All that the app exports, with one observation of everything; name → its labels. */
async function exported(): Promise<Map<string, Set<string>>> {
  const metrics = createMetrics({
    figures: () => Promise.resolve({ depth: 1, oldestSeconds: 1, parked: 1 }),
    worker: () => ({ slots: 1, busy: 1, lookedAgoMs: 1 }),
    unready: () => Promise.resolve(null),
    freeBytes: () => Promise.resolve(1),
  });
  metrics.handled('subject', 'done', 1, 1);
  metrics.answered(1, null);
  metrics.githubCall('rest', 200, 1);
  metrics.rateLimit({ installationId: 1, resource: 'core', remaining: 1, limit: 2 });
  const found = new Map<string, Set<string>>();
  for (const line of (await metrics.text()).split('\n')) {
    const [, name, labels = ''] = /^(\w+)(?:\{(.*)\})? \S+$/.exec(line) ?? [];
    if (!name) continue;
    const all = found.get(name) ?? new Set();
    for (const [, label = ''] of labels.matchAll(/(\w+)="/g)) all.add(label);
    found.set(name, all);
  }
  return found;
}

const rules = z
  .object({
    groups: z.array(
      z.object({
        name: z.string(),
        rules: z.array(
          z.strictObject({
            alert: z.string().regex(/^Playcaller[A-Z]\w+$/),
            expr: z.string(),
            for: z
              .string()
              .regex(/^\d+[mh]$/)
              .optional(),
            labels: z.strictObject({ severity: z.enum(['critical', 'warning']) }),
            annotations: z.strictObject({ summary: z.string().min(10), runbook_url: z.url() }),
          }),
        ),
      }),
    ),
  })
  .parse(parse(read('deploy/prometheus/alerts.yml')))
  .groups.flatMap((group) => group.rules);

describe('alerts', () => {
  test.each(rules.map((rule) => [rule.alert, rule] as const))(
    '%s: of metrics and labels that are there, with a runbook',
    async (alert, rule) => {
      const metrics = await exported();
      const named = [...rule.expr.matchAll(/\b(playcaller_\w+)(?:\{([^}]*)\})?/g)];
      if (alert !== 'PlaycallerDown') expect(named).not.toEqual([]);
      for (const [, name = '', matchers = ''] of named) {
        expect([...metrics.keys()]).toContain(name);
        for (const [, label = ''] of matchers.matchAll(/(\w+)(?:=~?|!=|!~)"/g))
          expect([name, [...(metrics.get(name) ?? [])]]).toEqual([name, expect.arrayContaining([label])]);
      }
      const [page, anchor = ''] = rule.annotations.runbook_url.split('#');
      expect(page).toMatch(/\/docs\/operations\.md$/);
      expect(anchors).toContain(anchor);
    },
  );

  test('each has its own name, and each runbook its alert', () => {
    const names = rules.map(({ alert }) => alert);
    expect(new Set(names).size).toBe(names.length);
    const runbooks = [...guide.matchAll(/^### (Playcaller\w+)$/gm)].map(([, name]) => name);
    expect(runbooks.sort()).toEqual(names.sort());
  });
});

describe('docs/operations.md', () => {
  test('has every metric, and none that is not there', async () => {
    const section = guide.split('\n## ').find((part) => part.startsWith('Metrics')) ?? '';
    const listed = [...section.matchAll(/`(playcaller_\w+)`/g)].map(([, name = '']) => name);
    const families = new Set([...(await exported()).keys()].map((name) => name.replace(/_(bucket|sum|count)$/, '')));
    const own = [...families].filter((name) => !/^playcaller_(process|nodejs)_/.test(name));
    expect(own.filter((name) => !listed.includes(name))).toEqual([]);
    expect(listed.filter((name) => !families.has(name))).toEqual([]);
  });

  test('links to headings and files that are there', () => {
    for (const [, target = ''] of guide.matchAll(/\]\((?!https?:)([^)]+)\)/g)) {
      const [path = '', anchor] = target.split('#');
      if (path === '') expect(anchors).toContain(anchor);
      // Written beside this one.
      else if (path !== 'security.md')
        expect(() => readFileSync(new URL(`../../docs/${path}`, import.meta.url)), path).not.toThrow(/ENOENT/);
    }
  });
});

test('a GUID can be followed from receipt to effect, and every field of the log is explained', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'playcaller-log-'));
  const port = await requireFree(0, '');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const sandbox = await startSandbox({
    port: 0,
    webhookUrl: null,
    webhookSecret: SECRET,
    appId: 7,
    publicKeyOrPrivateKeyPem: pem,
  });
  const app = startApp({
    PRIVATE_KEY: pem,
    GHE_HOST: new URL(sandbox.url).host,
    GHE_PROTOCOL: 'http',
    DATA_DIR: dataDir,
    PORT: String(port),
    LOG_LEVEL: 'debug',
  });
  try {
    await app.logged('GitHub knows');
    const api = `${sandbox.url}/api/v3/repos/acme/shop/issues`;
    const headers = { authorization: 'Bearer sandbox-alice', 'content-type': 'application/json' };
    const body = JSON.stringify({ title: 'The total is wrong', labels: ['session:bug-fix'] });
    const made: unknown = await (await fetch(api, { method: 'POST', headers, body })).json();
    const { number } = z.object({ number: z.number() }).parse(made);
    const guid = { 'x-github-delivery': randomUUID() };
    const webhooks = `http://127.0.0.1:${port}/api/github/webhooks`;
    const [installation] = sandbox.sandbox.world.installations.keys();
    const payload = { ...issuesLabeled(number), installation: { id: installation } };
    expect((await deliver(webhooks, 'issues', payload, guid)).status).toBe(202);
    await app.logged('handled');
    await deliver(webhooks, 'issues', payload, guid);
    await deliver(webhooks, 'ping', {});
    await deliver(webhooks, 'issues', payload, { 'x-hub-signature-256': 'sha256=00' });
    await app.stop();

    const trace = app.lines().filter((line) => line.guid === guid['x-github-delivery']);
    expect(trace.map(({ msg }) => msg).filter((msg) => !msg.includes('configuration'))).toEqual([
      'a webhook was stored',
      ...trace.filter(({ msg }) => msg === 'writing').map(() => 'writing'),
      'handled',
      'a webhook was known already',
    ]);
    const key = `acme/shop#${number}`;
    expect(trace[0]).toMatchObject({ event: 'issues.labeled', about: [key], status: 202 });
    expect(trace.find(({ msg }) => msg === 'writing')).toMatchObject({
      key,
      effects: expect.arrayContaining(['comment.create', 'branch.create']),
    });
    expect(trace.find(({ msg }) => msg === 'handled')).toMatchObject({
      key,
      outcome: 'done',
      kind: 'subject',
      deliveries: 1,
      calls: expect.any(Number),
      durationMs: expect.any(Number),
    });

    const table = guide.split('| field | meaning |')[1]?.split('\n\n')[0] ?? '';
    const explained = new Set([...table.matchAll(/`(\w+)`/g)].map(([, name]) => name));
    const fields = new Set(app.lines().flatMap((line) => Object.keys(line)));
    for (const common of ['level', 'time', 'msg']) fields.delete(common);
    expect([...fields].filter((name) => !explained.has(name))).toEqual([]);
    for (const [, line = ''] of guide.matchAll(/^\| `(a webhook [^`]+)` \|/gm))
      expect(read('src/intake/log-delivery.ts')).toContain(`'${line}'`);
    expect(JSON.stringify(app.lines())).not.toContain('The total is wrong');
  } finally {
    app.child.kill('SIGKILL');
    await app.exit;
    await sandbox.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
});
