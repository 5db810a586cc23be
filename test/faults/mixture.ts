/** All that GitHub can do wrong, mixed: each call of the app is hit with about the wanted chance. */
type Fault = Record<string, unknown>;

const SLOW_MS = 30;
const LAG_MS = 3_000;

/** @param timeoutMs the app gives up on a call after so long */
const kinds = (timeoutMs: number): Fault[] => [
  { status: 500 },
  { status: 502 },
  { status: 502, html: true },
  { status: 504 },
  { status: 403, retryAfter: 1 },
  { status: 429, retryAfter: 1 },
  { status: 429 },
  { secondaryLimit: 1 },
  { secondaryLimit: 'unnamed' },
  { latencyMs: SLOW_MS },
  { slowBodyMs: SLOW_MS },
  { truncate: 'cut' },
  { truncate: 'short' },
  { emptyBody: true },
  { staleMs: LAG_MS },
  { staleMs: LAG_MS },
  { dropAfterWrite: true },
  { dropAfterWrite: true },
  { graphql: 'went-wrong' },
  { graphql: 'timed-out' },
  { graphql: 'partial' },
  { graphql: 'partial' },
  { graphql: 'rate-limited' },
  // Rare: it costs the run real time.
  { slowBodyMs: timeoutMs + 100, share: 0.1 },
];

/** @param share of the app's calls that are hit, 0 to 1; stale reads and lost answers hit only some kinds of calls. */
export function mixture(share: number, seed: number, timeoutMs: number): Fault[] {
  const all = kinds(timeoutMs);
  // Each strikes for itself: all miss with the chance that is left.
  const each = 1 - (1 - share) ** (1 / all.length);
  const ofCalls = all.map(({ share: part = 1, ...fault }, index) => ({
    ...fault,
    actor: 'playcaller[bot]',
    errorRate: each * Number(part),
    seed: seed + index,
  }));
  // Tokens are asked for as the app itself.
  return [...ofCalls, { actor: 'app:4711', status: 502, errorRate: share, seed: seed + all.length }];
}
