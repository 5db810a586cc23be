/** The store: there, of this release, writable, with room, and what waits in it. Nothing is made or brought up to date. */
import { inspectStore, type StoreReport } from '../../store/inspect.ts';
import { count, type Finding, fault, ok, warning } from './finding.ts';
import type { Patient } from './patient.ts';

export async function checkStore({ environment }: Pick<Patient, 'environment'>): Promise<Finding[]> {
  return judgeStore(await inspectStore(environment));
}

export function judgeStore(report: StoreReport): Finding[] {
  if (report.kind === 'faulty')
    return [fault('store', report.why, 'The app cannot work without it; webhooks are answered 503 until it is back.')];
  if (report.kind === 'absent') {
    return report.unwritable === null
      ? [ok('store', `There is no store in ${report.place} yet; the app makes it at its first start.`)]
      : [
          fault(
            'store',
            `There is no store in ${report.place}, and it cannot be made: ${report.unwritable}.`,
            'Create the directory and let the user of the app write there, or set DATA_DIR.',
          ),
        ];
  }
  return [...schema(report), ...writing(report), ...room(report), ...server(report), ...waiting(report)];
}

type There = Extract<StoreReport, { kind: 'there' }>;

function schema({ place, version, known, broken }: There): Finding[] {
  if (broken !== null) return [fault('store', broken, 'See docs/operations.md, "Upgrade and roll back".')];
  if (version < known)
    return [ok('store', `${place} has schema version ${version}; the app brings it to ${known} at its next start.`)];
  if (version > known)
    return [
      warning(
        'store',
        `${place} has schema version ${version}, newer than the ${known} of this release; it works on it.`,
        'Finish the upgrade: start the newer release everywhere.',
      ),
    ];
  return [ok('store', `${place} opens, with schema version ${version}.`)];
}

function writing({ unwritable }: There): Finding[] {
  return unwritable === null
    ? [ok('store', 'It can be written.')]
    : [
        fault(
          'store',
          `It cannot be written: ${unwritable}.`,
          'Webhooks are answered 503 until it can; nothing that was acknowledged is lost.',
        ),
      ];
}

const MB = 1024 * 1024;
const LITTLE = 1024 * MB;
const TOO_LITTLE = 100 * MB;

function room({ freeBytes }: There): Finding[] {
  if (freeBytes === null) return [];
  const text = `Its disk has ${count(Math.floor(freeBytes / MB), 'MB', 'MB')} free.`;
  const mend = 'Make room, or put DATA_DIR on a larger disk.';
  if (freeBytes < TOO_LITTLE) return [fault('disk', text, mend)];
  return [freeBytes < LITTLE ? warning('disk', text, mend) : ok('disk', text)];
}

/** Each replica takes up to ten connections and one to listen. */
const REPLICA_CONNECTIONS = 11;
/** The oldest that its makers still mend (https://www.postgresql.org/support/versioning/). */
const OLDEST_POSTGRES = 14;

function server({ server: seen }: There): Finding[] {
  if (!seen) return [];
  const { version, connections, mostConnections } = seen;
  const left = mostConnections - connections;
  const text = `PostgreSQL ${version} has ${connections} of ${mostConnections} connections in use`;
  return [
    Number.parseInt(version, 10) < OLDEST_POSTGRES
      ? warning('database', `PostgreSQL ${version} is no longer mended by its makers.`, `Move to ${OLDEST_POSTGRES} or later.`)
      : ok('database', `PostgreSQL ${version}.`),
    left < REPLICA_CONNECTIONS
      ? warning(
          'database',
          `${text}: no room for one more replica.`,
          'Raise max_connections, or put a pooler with session pooling in front.',
        )
      : ok('database', `${text}.`),
  ];
}

const OLD_SECONDS = 600;

function waiting({ figures }: There): Finding[] {
  if (!figures) return [];
  const { depth, oldestSeconds, parked } = figures;
  const lanes = `${count(depth, 'lane')} with work`;
  return [
    oldestSeconds > OLD_SECONDS
      ? warning(
          'queue',
          `${lanes}; the oldest has waited for ${count(Math.round(oldestSeconds / 60), 'minute')}.`,
          'Does the app run? If it waits for GitHub, the log says so ("handled", outcome "later").',
        )
      : ok('queue', depth === 0 ? 'Nothing waits.' : `${lanes}, the oldest for ${count(Math.round(oldestSeconds), 'second')}.`),
    parked > 0
      ? warning(
          'parked',
          `${count(parked, 'input')} kept failing and ${parked === 1 ? 'was' : 'were'} put aside.`,
          'List them with `playcaller replay`; see docs/operations.md, "Missed and parked work".',
        )
      : ok('parked', 'Nothing was put aside.'),
  ];
}
