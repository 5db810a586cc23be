/** deploy/ is true to the app: its ports, paths and variables, how it ends, what it weighs. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { ENVIRONMENT_NAMES } from '../../src/config/environment.ts';
import { LONGEST_END_MS } from '../../src/start/shutdown.ts';
import { createWeb } from '../../src/web/create-web.ts';
import { createMetrics } from '../../src/web/metrics.ts';

const ROOT = new URL('../../', import.meta.url).pathname;
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const { version } = z.object({ version: z.string() }).parse(JSON.parse(read('package.json')));
const dockerfile = read('Dockerfile');
const PORT = /ENV .*\bPORT=(\d+)/.exec(dockerfile)?.[1];

const files = readdirSync(join(ROOT, 'deploy'), { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.ya?ml$/.test(path))
  .map((path) => join('deploy', path));

function documents(path: string): Record<string, unknown>[] {
  return parseAllDocuments(read(path)).map((document) => {
    expect([path, document.errors, document.warnings]).toEqual([path, [], []]);
    return z.record(z.string(), z.unknown()).parse(document.toJS());
  });
}

/** Kinds in use with the version that Kubernetes 1.25 and later serve. */
const API_VERSIONS: Record<string, string> = {
  ConfigMap: 'v1',
  Secret: 'v1',
  Service: 'v1',
  ServiceAccount: 'v1',
  Deployment: 'apps/v1',
  StatefulSet: 'apps/v1',
  PodDisruptionBudget: 'policy/v1',
  Kustomization: 'kustomize.config.k8s.io/v1beta1',
  ServiceMonitor: 'monitoring.coreos.com/v1',
};

const probe = z.object({ httpGet: z.object({ path: z.string(), port: z.literal('http') }), timeoutSeconds: z.number() });
const podSchema = z.object({
  terminationGracePeriodSeconds: z.number(),
  automountServiceAccountToken: z.literal(false),
  securityContext: z.object({
    runAsNonRoot: z.literal(true),
    runAsUser: z.number().min(1),
    seccompProfile: z.object({ type: z.literal('RuntimeDefault') }),
  }),
  containers: z.tuple([
    z.object({
      image: z.literal('playcaller'),
      ports: z.tuple([z.object({ name: z.literal('http'), containerPort: z.number() })]),
      env: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
      envFrom: z.array(z.unknown()),
      livenessProbe: probe,
      readinessProbe: probe,
      lifecycle: z.object({ preStop: z.object({ exec: z.object({ command: z.array(z.string()) }) }) }),
      resources: z.object({ requests: z.object({ memory: z.string() }), limits: z.object({ memory: z.string() }) }),
      securityContext: z.object({
        allowPrivilegeEscalation: z.literal(false),
        readOnlyRootFilesystem: z.literal(true),
        capabilities: z.object({ drop: z.tuple([z.literal('ALL')]) }),
      }),
      volumeMounts: z.array(z.object({ name: z.string(), mountPath: z.string() })),
    }),
  ]),
  volumes: z.array(z.object({ name: z.string() })),
});
const workload = z.object({ spec: z.object({ replicas: z.number(), template: z.object({ spec: podSchema }) }) });
const WORKLOADS = ['deploy/kubernetes/postgresql/deployment.yaml', 'deploy/kubernetes/sqlite/statefulset.yaml'];
const strings = z.record(z.string(), z.string());

test.each(files.filter((path) => path.includes('kubernetes')))('%s: a known kind, no namespace of ours', (path) => {
  for (const { kind, apiVersion, metadata } of documents(path)) {
    expect([kind, apiVersion]).toEqual([kind, API_VERSIONS[String(kind)]]);
    expect(metadata ?? {}).not.toHaveProperty('namespace');
  }
});

test('each kustomization names files that are there, all of them, and the image of this release', () => {
  const used = new Set<string>();
  for (const path of files.filter((one) => one.endsWith('kustomization.yaml'))) {
    const folder = path.replace('/kustomization.yaml', '');
    const [found] = documents(path);
    const { resources, images } = z
      .object({ resources: z.array(z.string()), images: z.array(z.object({ name: z.string(), newTag: z.string() })).default([]) })
      .parse(found);
    for (const resource of resources) {
      const full = join(folder, resource);
      used.add(full);
      expect(
        files.some((one) => one === full || one === `${full}/kustomization.yaml`),
        full,
      ).toBe(true);
    }
    expect(images.map(({ name, newTag }) => [name, newTag])).toEqual(folder.endsWith('shared') ? [] : [['playcaller', version]]);
  }
  const parts = files.filter(
    (path) => /kubernetes\/(shared|postgresql|sqlite)\//.test(path) && !path.endsWith('kustomization.yaml'),
  );
  expect(parts.filter((path) => !used.has(path))).toEqual([]);
});

describe.each(WORKLOADS)('%s', (path) => {
  const { spec } = workload.parse(documents(path)[0]);
  const pod = spec.template.spec;
  const [container] = pod.containers;

  test('listens where the image does, and is asked at paths that are there', async () => {
    expect(String(container.ports[0].containerPort)).toBe(PORT);
    const doors = { ledger: () => null, access: async () => ({ kind: 'unreadable' }) as const };
    const metrics = createMetrics({ figures: () => null });
    const web = createWeb({ metrics, unready: async () => null, stuck: () => null, verdicts: doors, sweeps: doors });
    for (const { httpGet } of [container.livenessProbe, container.readinessProbe])
      expect((await web.request(httpGet.path)).status).toBe(200);
    expect(container.readinessProbe.timeoutSeconds).toBeGreaterThan(3);
  });

  test('has time to end: the wait before the signal and the longest end', () => {
    const waitMs = Number(/(\d[\d_]*)\)$/.exec(container.lifecycle.preStop.exec.command.at(-1) ?? '')?.[1]?.replaceAll('_', ''));
    expect(waitMs).toBeGreaterThanOrEqual(5_000);
    expect(pod.terminationGracePeriodSeconds * 1000).toBeGreaterThan(waitMs + LONGEST_END_MS);
  });

  test('asks for more memory than an idle process takes, and may take much more', () => {
    const idle = Number(/memory when idle, after [^|]*\| (?:\d+ to )?(\d+) MB/.exec(read('README.md'))?.[1]);
    const bytes = (text: string) => Number(/^(\d+)Mi$/.exec(text)?.[1]) * 1.048576;
    expect(bytes(container.resources.requests.memory)).toBeGreaterThan(idle);
    expect(bytes(container.resources.limits.memory)).toBeGreaterThan(2 * idle);
  });

  test('mounts what it declares; the key is where the variable says, and only scratch space can be written', () => {
    const mounts = container.volumeMounts.map(({ name }) => name).sort();
    const claims = path.includes('sqlite') ? ['data'] : [];
    expect(mounts).toEqual([...pod.volumes.map(({ name }) => name), ...claims].sort());
    const config = z.object({ data: strings }).parse(documents('deploy/kubernetes/shared/configmap.yaml')[0]).data;
    const key = container.volumeMounts.find(({ name }) => name === 'private-key');
    expect(config.PRIVATE_KEY_PATH?.startsWith(`${key?.mountPath}/`)).toBe(true);
    if (path.includes('sqlite')) expect(spec.replicas).toBe(1);
  });
});

test('every variable is one that the app reads, and none that it needs is missing', () => {
  const [config] = documents('deploy/kubernetes/shared/configmap.yaml');
  const secrets = documents('deploy/kubernetes/secret.example.yaml');
  const own = [
    ...Object.keys(z.object({ data: strings }).parse(config).data),
    ...Object.keys(z.object({ stringData: strings }).parse(secrets[0]).stringData),
    ...WORKLOADS.flatMap((path) =>
      (workload.parse(documents(path)[0]).spec.template.spec.containers[0].env ?? []).map(({ name }) => name),
    ),
  ];
  const compose = z
    .object({ services: z.object({ app: z.object({ environment: strings }) }) })
    .parse(documents('deploy/compose.yml')[0]).services.app.environment;
  for (const names of [own, Object.keys(compose)]) {
    expect(names.filter((name) => !ENVIRONMENT_NAMES.includes(name))).toEqual([]);
    for (const needed of ['APP_ID', 'WEBHOOK_SECRET', 'PRIVATE_KEY_PATH']) expect(names).toContain(needed);
  }
  expect(own.find((name) => name === 'PRIVATE_KEY')).toBeUndefined();
});

test('compose: the image of this release, its port, time to end, a healthy database first', () => {
  const [found] = documents('deploy/compose.yml');
  const { services } = z
    .object({
      services: z.object({
        app: z.object({
          image: z.string(),
          ports: z.array(z.string()),
          stop_grace_period: z.string(),
          depends_on: z.object({ postgresql: z.object({ condition: z.literal('service_healthy') }) }),
          read_only: z.literal(true),
          mem_limit: z.literal('512m'),
        }),
        postgresql: z.object({
          image: z.string(),
          healthcheck: z.object({ test: z.array(z.string()) }),
          volumes: z.array(z.string()).min(1),
        }),
      }),
    })
    .parse(found);
  expect(services.app.image).toBe(`playcaller:${version}`);
  expect(services.app.ports).toEqual([`127.0.0.1:${PORT}:${PORT}`]);
  expect(Number.parseInt(services.app.stop_grace_period, 10) * 1000).toBeGreaterThan(LONGEST_END_MS);
});
