/** Where the app is installed: suspended, waiting for its owner to accept, what it covers, and what is left of its quota. */
import { z } from 'zod';
import { isGitHubFault } from '../../github/errors.ts';
import { count, type Finding, fault, few, ok, warning } from './finding.ts';
import type { AppSeen, Patient } from './patient.ts';
import { lackingIn } from './permissions.ts';

const schema = z.array(
  z.object({
    id: z.number(),
    account: z.object({ login: z.string() }).nullish().catch(null),
    html_url: z.string(),
    suspended_at: z.string().nullish(),
    permissions: z.record(z.string(), z.string()),
  }),
);

export interface InstallationSeen {
  id: number;
  account: string;
  page: string;
  suspended: boolean;
  permissions: Record<string, string>;
}

const PAGE = 100;
const MOST_PAGES = 10;
/** So many are looked into: each costs a token and two calls. */
const LOOKED_INTO = 3;

export async function checkInstallations(patient: Patient): Promise<Finding[]> {
  const { app } = patient;
  if (!app) return [];
  const { installations, more } = await list(patient);
  const running = installations.filter(({ suspended }) => !suspended);
  const insides = await Promise.all(running.slice(0, LOOKED_INTO).map((one) => lookInto(patient, one)));
  return [...judgeInstallations(app, installations, more), ...insides.flat()];
}

async function list({ client }: Patient): Promise<{ installations: InstallationSeen[]; more: boolean }> {
  const installations: InstallationSeen[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const { data } = await client.rest('GET /app/installations', { per_page: PAGE, page });
    const found = schema.parse(data);
    for (const { id, account, html_url, suspended_at, permissions } of found) {
      installations.push({
        id,
        account: account?.login ?? `#${id}`,
        page: html_url,
        suspended: Boolean(suspended_at),
        permissions,
      });
    }
    if (found.length < PAGE) return { installations, more: false };
  }
  return { installations, more: true };
}

/** @param more there are more of them, which were not looked at */
export function judgeInstallations(app: AppSeen, installations: readonly InstallationSeen[], more: boolean): Finding[] {
  if (installations.length === 0) {
    return [warning('installations', 'The app is installed nowhere yet.', `Install it at ${app.page}/installations/new.`)];
  }
  const suspended = installations.filter((one) => one.suspended);
  const waiting = installations
    .map((one) => ({ ...one, lacks: lackingIn(one.permissions, app.permissions) }))
    .filter(({ lacks }) => lacks.length > 0);
  const number = `${more ? 'more than ' : ''}${count(installations.length, 'account')}`;
  return [
    ok('installations', `The app is installed on ${number}: ${few(installations.map(({ account }) => account))}.`),
    ...waiting
      .slice(0, 5)
      .map(({ account, page, lacks }) =>
        fault(
          'installations',
          `${account} has not accepted the permissions that the app asks for now: ${few(lacks.map(({ name, needs }) => `${name}: ${needs}`))}.`,
          `An owner of ${account} accepts them at ${page}.`,
        ),
      ),
    ...(waiting.length > 5
      ? [fault('installations', `So have ${waiting.length - 5} more not.`, 'GitHub has asked their owners by e-mail.')]
      : []),
    ...(suspended.length === 0
      ? []
      : [
          warning(
            'installations',
            `Suspended, so nothing is done there: ${few(suspended.map(({ account }) => account))}.`,
            `An owner lifts it at ${suspended[0]?.page ?? app.page}.`,
          ),
        ]),
  ];
}

const repositoriesSchema = z.object({ total_count: z.number() });
const quotaSchema = z.object({ limit: z.number(), remaining: z.number(), reset: z.number() });
const limitsSchema = z.object({ resources: z.object({ core: quotaSchema, graphql: quotaSchema.optional() }) });

async function lookInto({ github, now }: Patient, { id, account, page }: InstallationSeen): Promise<Finding[]> {
  try {
    const client = await github.forInstallation(id);
    const covered = repositoriesSchema.parse((await client.rest('GET /installation/repositories', { per_page: 1 })).data);
    const { resources } = await limitsOf(client);
    return [
      covered.total_count === 0
        ? warning('installations', `${account}: the installation covers no repository.`, `Choose repositories at ${page}.`)
        : ok('installations', `${account}: the installation covers ${count(covered.total_count, 'repository', 'repositories')}.`),
      ...(resources ? Object.entries(resources).map(([name, quota]) => judgeQuota(account, name, quota, now())) : []),
    ];
  } catch (error) {
    if (!isGitHubFault(error)) throw error;
    return [fault('installations', `${account}: GitHub would not let us in: ${error.message}.`, `Look at ${page}.`)];
  }
}

async function limitsOf(client: Awaited<ReturnType<Patient['github']['forInstallation']>>) {
  try {
    return limitsSchema.parse((await client.rest('GET /rate_limit')).data);
  } catch (error) {
    // GitHub Enterprise Server answers 404 where its limits are off.
    if (isGitHubFault(error)) return { resources: null };
    throw error;
  }
}

const SCARCE = 0.1;

export function judgeQuota(
  account: string,
  name: string,
  { limit, remaining, reset }: z.infer<typeof quotaSchema>,
  now: Date,
): Finding {
  const text = `${account}: ${remaining.toLocaleString('en')} of ${limit.toLocaleString('en')} ${name === 'graphql' ? 'GraphQL points' : 'REST calls'} are left in this hour`;
  if (remaining >= limit * SCARCE) return ok('limits', `${text}.`);
  const minutes = Math.max(1, Math.ceil((reset * 1000 - now.getTime()) / 60_000));
  return warning(
    'limits',
    `${text}; it is whole again in ${count(minutes, 'minute')}.`,
    'Work waits until then by itself. If it happens often, see docs/scaling.md.',
  );
}
