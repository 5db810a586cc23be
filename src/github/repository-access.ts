/** Whether a person's own token may read a repository: asked of GitHub with that token, and remembered shortly (G8). */
import { createHash } from 'node:crypto';
import { waitFromHeaders } from './errors.ts';
import { REQUEST_TIMEOUT_MS, wholeFetch } from './fetch.ts';

export type RepositoryAccess =
  /** `name` as GitHub writes it; a repository that was renamed answers to its old name too. */
  | { kind: 'readable'; name: string }
  | { kind: 'unreadable' }
  /** GitHub does not know the token, or it has expired. */
  | { kind: 'bad-token' }
  /** GitHub cannot be asked now. */
  | { kind: 'unknown'; retryAfterSeconds: number };

export interface AccessOptions {
  /** `https://ghe.example.com/api/v3`; null for github.com. */
  apiUrl: string | null;
  nowMs(): number;
  timeoutMs?: number;
}

/** A right that was taken away ends here after so long at most. */
const KEEP_MS = 30_000;
const MAX_KEPT = 1_000;
/** Whoever tries tokens by the thousand must not make us ask GitHub by the thousand. */
const MAX_ASKING = 20;
const RETRY_SECONDS = 10;
const BUSY: RepositoryAccess = { kind: 'unknown', retryAfterSeconds: 1 };

/** The token itself is neither kept nor logged: only its digest stands in the memory. */
export function createRepositoryAccess(options: AccessOptions): (token: string, repo: string) => Promise<RepositoryAccess> {
  const kept = new Map<string, { untilMs: number; answer: Promise<RepositoryAccess> }>();
  let asking = 0;

  async function ask(token: string, repo: string, key: string): Promise<RepositoryAccess> {
    asking += 1;
    try {
      const answer = await askGitHub(options, token, repo);
      if (answer.kind === 'unknown') kept.delete(key);
      return answer;
    } finally {
      asking -= 1;
    }
  }

  return (token, repo) => {
    const key = createHash('sha256').update(`${token}\n${repo.toLowerCase()}`).digest('base64');
    const known = kept.get(key);
    const now = options.nowMs();
    if (known && known.untilMs > now) return known.answer;
    if (asking >= MAX_ASKING) return Promise.resolve(BUSY);
    kept.delete(key);
    const answer = ask(token, repo, key);
    kept.set(key, { untilMs: now + KEEP_MS, answer });
    const [oldest] = kept.keys();
    if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest);
    return answer;
  };
}

async function askGitHub({ apiUrl, timeoutMs, nowMs }: AccessOptions, token: string, repo: string): Promise<RepositoryAccess> {
  const address = `${apiUrl ?? 'https://api.github.com'}/repos/${repo.split('/').map(encodeURIComponent).join('/')}`;
  const headers = {
    accept: 'application/vnd.github+json',
    authorization: `Bearer ${token}`,
    'user-agent': 'playcaller',
  };
  try {
    const response = await wholeFetch(timeoutMs ?? REQUEST_TIMEOUT_MS)(address, { headers });
    return sortAnswer(response.status, Object.fromEntries(response.headers), await response.text(), nowMs());
  } catch {
    // No answer, or not whole. What broke may hold the request, and with it the token.
    return { kind: 'unknown', retryAfterSeconds: RETRY_SECONDS };
  }
}

/** GitHub docs, "Troubleshooting the REST API": what one may not see is 404; 403 is a limit, or an organisation's own rule. */
function sortAnswer(status: number, headers: Record<string, string>, body: string, nowMs: number): RepositoryAccess {
  if (status === 401) return { kind: 'bad-token' };
  const until = waitFromHeaders(headers, nowMs);
  const limited = status === 429 || (status === 403 && (until !== null || /rate limit|login attempts/i.test(body)));
  if (limited) return { kind: 'unknown', retryAfterSeconds: until === null ? 60 : Math.ceil((until - nowMs) / 1000) };
  if (status >= 500 || status === 408) return { kind: 'unknown', retryAfterSeconds: RETRY_SECONDS };
  if (status !== 200) return { kind: 'unreadable' };
  const name = nameIn(body);
  return name === null ? { kind: 'unknown', retryAfterSeconds: RETRY_SECONDS } : { kind: 'readable', name };
}

function nameIn(body: string): string | null {
  try {
    const data: unknown = JSON.parse(body);
    const name = typeof data === 'object' && data !== null && 'full_name' in data ? data.full_name : null;
    return typeof name === 'string' ? name : null;
  } catch {
    return null;
  }
}
