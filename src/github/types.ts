/** What the app can ask of GitHub; everything else stays behind this. */
import type { GraphqlFault } from './errors.ts';
import type { SharedBudget } from './over-replicas.ts';

export interface GraphqlAnswer<T> {
  /** What GitHub could give; partial when there are errors. */
  data: T | null;
  errors: GraphqlFault[];
}

export interface RestAnswer<T> {
  status: number;
  data: T;
  headers: Record<string, string | undefined>;
}

/** One installation's (or the app's own) calls. Every method throws a `GitHubFault`. */
export interface GitHubClient {
  /**
   * @param operation names the document in logs and metrics, and picks it when the document holds several
   * @param manners `leaves`: so much of the hour's quota stays for others, else it is as if it were used up
   */
  graphql<T>(
    operation: string,
    document: string,
    variables: Record<string, unknown>,
    manners?: { leaves: number },
  ): Promise<GraphqlAnswer<T>>;
  /** @param route `GET /repos/{owner}/{repo}/pulls/{pull_number}/files` */
  rest<T = unknown>(route: string, params?: Record<string, unknown>): Promise<RestAnswer<T>>;
}

/** Who we are, from `GET /app`. */
export interface AppIdentity {
  id: number;
  slug: string;
  name: string;
  /** Login of the account that our writes appear under: `<slug>[bot]`. */
  login: string;
  permissions: Record<string, string>;
  events: string[];
}

export interface GitHub {
  forInstallation(id: number): Promise<GitHubClient>;
  /** Calls as the app itself (JWT): installations, hook deliveries. */
  asApp(): Promise<GitHubClient>;
  /** Checks the credentials. @throws {Refused} 401 for a wrong key or id, {Gone} 404 for an app that is no more. */
  app(): Promise<AppIdentity>;
}

/** One finished call, for metrics and logs. */
export interface CallReport {
  /** Null for calls as the app. */
  installationId: number | null;
  /** Route or GraphQL operation, without values. */
  what: string;
  api: 'rest' | 'graphql';
  /** 0 when no answer came. */
  status: number;
  durationMs: number;
}

export interface LimitReport {
  installationId: number | null;
  resource: string;
  remaining: number;
  /** Of the whole hour; null when the answer did not say. */
  limit: number | null;
}

export interface GitHubOptions {
  appId: number;
  privateKey: string;
  /** `https://ghe.example.com/api/v3`; null for github.com. */
  apiUrl: string | null;
  writesPerMinute: number | null;
  onCall?: (call: CallReport) => void;
  onLimit?: (limit: LimitReport) => void;
  /** Calls have to wait until then (epoch milliseconds), by GitHub's word or by our own pace. */
  onPause?: (pause: { installationId: number | null; untilMs: number }) => void;
  /** The installations' budgets over all replicas; its answer null: this process is alone, or the store is not open. */
  sharedBudget?: () => SharedBudget | null;
  timeoutMs?: number;
}
