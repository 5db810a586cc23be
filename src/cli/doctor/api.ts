/** Whether GitHub's API answers, which GitHub it is, and whether our clocks agree: tokens are dated. */
import { count, type Finding, fault, ok, warning } from './finding.ts';
import { API, PATIENCE_MS, type Patient } from './patient.ts';

/** What `GET /meta` told; it needs no credentials. */
export interface ApiSeen {
  address: string;
  /** Why there was no answer; null when there was one. */
  unreachable: string | null;
  status: number;
  /** Seconds by which our clock is ahead, to about one; null when the answer had no date. */
  aheadSeconds: number | null;
  /** Of GitHub Enterprise Server. */
  version: string | null;
}

export async function checkApi(patient: Patient): Promise<Finding[]> {
  const seen = await askApi(patient);
  return judgeApi(seen, patient.environment.apiUrl !== null);
}

async function askApi({ environment, fetch, now }: Patient): Promise<ApiSeen> {
  const address = environment.apiUrl ?? API;
  const before = now().getTime();
  try {
    const answer = await fetch(`${address}/meta`, {
      headers: { accept: 'application/vnd.github+json', 'user-agent': 'playcaller-doctor' },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const after = now().getTime();
    await answer.arrayBuffer();
    const date = Date.parse(answer.headers.get('date') ?? '');
    return {
      address,
      unreachable: null,
      status: answer.status,
      // The header holds whole seconds, cut: on average half a second is missing.
      aheadSeconds: Number.isNaN(date) ? null : ((before + after) / 2 - date - 500) / 1000,
      version: answer.headers.get('x-github-enterprise-version'),
    };
  } catch (error) {
    return { address, unreachable: reasonOf(error), status: 0, aheadSeconds: null, version: null };
  }
}

/** `ECONNREFUSED`, `CERT_HAS_EXPIRED`, or that it took too long. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${PATIENCE_MS / 1000} s`;
  const cause = error.cause instanceof Error ? error.cause : error;
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message;
}

/** GitHub takes tokens that are dated up to a minute ahead (GitHub docs, "Generating a JWT": `iat` 60 seconds in the past). */
const FAR_SECONDS = 60;
const NEAR_SECONDS = 5;

export function judgeApi(seen: ApiSeen, enterprise: boolean): Finding[] {
  const { address, unreachable, status, version } = seen;
  if (unreachable !== null) {
    const name = enterprise ? 'Check GHE_HOST and GHE_PROTOCOL, ' : 'Check ';
    return [
      fault(
        'api',
        `${address} cannot be reached: ${unreachable}.`,
        `${name}the DNS, the proxy and the firewall of this machine.`,
      ),
    ];
  }
  const findings: Finding[] =
    status >= 500
      ? [warning('api', `${address} answers with ${status}.`, 'Look at githubstatus.com, or ask who runs your GitHub.')]
      : [ok('api', `${address} answers.`)];
  if (enterprise && version) findings.push(ok('api', `It is GitHub Enterprise Server ${version}.`));
  return [...findings, ...judgeClock(seen.aheadSeconds)];
}

function judgeClock(ahead: number | null): Finding[] {
  if (ahead === null) return [];
  const seconds = Math.round(Math.abs(ahead));
  if (seconds <= NEAR_SECONDS) return [ok('clock', "The clock agrees with GitHub's.")];
  const text = `The clock is ${count(seconds, 'second')} ${ahead > 0 ? 'ahead of' : 'behind'} GitHub's.`;
  const mend = 'Let NTP set the clock of this machine (timedatectl set-ntp true); containers have the clock of their host.';
  if (seconds <= FAR_SECONDS) return [warning('clock', text, mend)];
  return [fault('clock', `${text} GitHub refuses tokens that are dated so far off.`, mend)];
}
