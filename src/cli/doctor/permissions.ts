/** The app's permissions and events against app.yml: too little breaks work, too much is a risk. */
import type { AppManifest } from '../../config/app-manifest.ts';
import { type Finding, fault, ok, warning } from './finding.ts';
import type { AppSeen, Patient } from './patient.ts';

/** Newer than some GitHub Enterprise Servers that are in use: there Playcaller does without. */
const MAY_BE_UNKNOWN = new Set(['merge_queues', 'merge_group', 'sub_issues']);

export async function checkPermissions({ app, manifest, environment }: Patient): Promise<Finding[]> {
  return app ? judgePermissions(app, manifest, environment.apiUrl !== null) : [];
}

export function judgePermissions(app: AppSeen, manifest: AppManifest, enterprise: boolean): Finding[] {
  const page = `${app.settings}/permissions`;
  const lacking = lackingIn(app.permissions, manifest.permissions);
  const extra = lackingIn(manifest.permissions, app.permissions);
  const missing = manifest.events.filter((event) => !app.events.includes(event));
  const needless = app.events.filter((event) => !manifest.events.includes(event));
  const fits = ({ name }: Lack) => !(enterprise && MAY_BE_UNKNOWN.has(name));
  return [
    ...lacking
      .filter(fits)
      .map((lack) =>
        fault(
          'permissions',
          `The app lacks the permission ${lack.name}: ${lack.needs} (it has ${lack.has ?? 'none'}).`,
          `Set it on ${page}; the owners of the installations are then asked to accept it.`,
        ),
      ),
    ...lacking
      .filter((lack) => !fits(lack))
      .map((lack) =>
        warning('permissions', `The app lacks ${lack.name}: ${lack.needs}.`, `Set it on ${page} if your GitHub offers it.`),
      ),
    ...extra.map((lack) =>
      warning(
        'permissions',
        `The app has ${lack.name}: ${lack.needs}, and needs ${lack.has ?? 'none'}.`,
        `Take it back on ${page}: what an app does not have cannot be misused.`,
      ),
    ),
    ...(lacking.length + extra.length === 0 ? [ok('permissions', 'The app has the permissions of app.yml, and no others.')] : []),
    ...missing.map((event) => {
      const text = `The app does not subscribe to the event ${event}: nothing is heard of it.`;
      if (enterprise && MAY_BE_UNKNOWN.has(event)) return warning('events', text, `Tick it on ${page} if your GitHub offers it.`);
      return fault('events', text, `Tick it under "Subscribe to events" on ${page}.`);
    }),
    ...(needless.length === 0
      ? []
      : [warning('events', `The app gets events that it does not need: ${needless.join(', ')}.`, `Untick them on ${page}.`)]),
    ...(missing.length + needless.length === 0
      ? [ok('events', 'The app subscribes to the events of app.yml, and no others.')]
      : []),
  ];
}

export interface Lack {
  name: string;
  needs: string;
  /** Undefined: nothing at all. */
  has: string | undefined;
}

const RANKS = ['none', 'read', 'write', 'admin'];

/** Where `has` is less than `wanted`. Reading metadata comes with everything. */
export function lackingIn(has: Record<string, string>, wanted: Record<string, string>): Lack[] {
  return Object.entries(wanted)
    .filter(([name, needs]) => name !== 'metadata' && RANKS.indexOf(has[name] ?? 'none') < RANKS.indexOf(needs))
    .map(([name, needs]) => ({ name, needs, has: has[name] }));
}
