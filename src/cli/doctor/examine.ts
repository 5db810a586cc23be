/** All checks in the order in which one explains the next. */
import { pino } from 'pino';
import { readAppManifest } from '../../config/app-manifest.ts';
import { type Environment, EnvironmentFault } from '../../config/environment.ts';
import { createGitHub } from '../../github/create-github.ts';
import { isGitHubFault } from '../../github/errors.ts';
import { createLog } from '../../start/create-log.ts';
import { release } from '../../start/release.ts';
import { checkApi } from './api.ts';
import { checkCredentials } from './credentials.ts';
import { checkDeliveries } from './deliveries.ts';
import { type Finding, fault, ok, warning } from './finding.ts';
import { checkInstallations } from './installations.ts';
import type { Patient } from './patient.ts';
import { checkPermissions } from './permissions.ts';
import { checkStore } from './store.ts';
import { checkWebhook } from './webhook.ts';

const CHECKS: [name: string, check: (patient: Patient) => Promise<Finding[]>][] = [
  ['api', checkApi],
  ['credentials', checkCredentials],
  ['permissions', checkPermissions],
  ['installations', checkInstallations],
  ['webhook', checkWebhook],
  ['deliveries', checkDeliveries],
  ['store', checkStore],
];

/** @param read gives the environment. @throws never for what is wrong with the patient */
export async function examine(read: () => Environment): Promise<Finding[]> {
  let environment: Environment;
  try {
    environment = read();
  } catch (error) {
    if (!(error instanceof EnvironmentFault)) throw error;
    return error.faults.map((one) => fault('environment', one, 'Set it in the environment of the app, or in .env beside it.'));
  }
  // What GitHub says is told by the findings.
  const github = createGitHub(environment, createLog('silent', pino.destination({ dest: 2, sync: true })));
  const client = await github.asApp();
  const patient: Patient = {
    environment,
    github,
    client,
    manifest: readAppManifest(),
    fetch,
    now: () => new Date(),
    app: null,
  };
  const findings: Finding[] = [
    ok('release', `Playcaller ${release()} on Node ${process.versions.node}.`),
    ...environment.warnings.map((one) =>
      warning('environment', one, 'Do it while nobody waits: in between, deliveries are refused.'),
    ),
    ...(environment.warnings.length === 0 ? [ok('environment', 'Every variable is there and well-formed.')] : []),
  ];
  for (const [name, check] of CHECKS) findings.push(...(await looked(name, () => check(patient))));
  return findings;
}

async function looked(name: string, check: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await check();
  } catch (error) {
    if (!isGitHubFault(error) && !(error instanceof Error && error.name === 'ZodError')) throw error;
    const why = isGitHubFault(error) ? error.message : 'the answer is not what GitHub documents';
    return [fault(name, `GitHub could not be asked: ${why}.`, 'Try again in a minute; is it really GitHub that answers there?')];
  }
}
