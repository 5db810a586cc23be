/** A pool of PostgreSQL connections whose errors are sorted and never end the process. */
import pg from 'pg';
import { StoreUnavailable, StoreUnusable } from './errors.ts';

const CONNECT_MS = 5000;
const STATEMENT_MS = 5000;
const CONNECTIONS = 10;
/** PostgreSQL's type of `bigint` and `count(*)`; ours all fit into a number. */
const INT8 = 20;

export interface PoolOptions {
  /** Migrations may take their time. */
  patient?: boolean;
  /** The server refuses whatever would change anything. */
  readOnly?: boolean;
  max?: number;
}

/** What Kysely needs of a pool. */
export interface GuardedPool {
  options: object;
  connect(): Promise<pg.PoolClient>;
  end(): Promise<void>;
}

/** @throws {StoreUnusable} when the URL cannot be read. */
export function connectionConfig(url: string): pg.ClientConfig {
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) {
    throw new StoreUnusable('DATABASE_URL is no PostgreSQL URL; it looks like postgres://user:password@host:5432/database');
  }
  return {
    connectionString: url,
    fallback_application_name: 'playcaller',
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    types: { getTypeParser: (oid, format) => (oid === INT8 ? Number : pg.types.getTypeParser(oid, format)) },
  };
}

export function openPool(url: string, { patient = false, readOnly = false, max = CONNECTIONS }: PoolOptions = {}): GuardedPool {
  const limits: pg.PoolConfig = patient
    ? {}
    : {
        statement_timeout: STATEMENT_MS,
        // Beside the server's own limit: a server that is cut off cannot keep to it.
        query_timeout: STATEMENT_MS + 1000,
        // A process that was put to sleep within a transaction must not hold its locks for ever.
        idle_in_transaction_session_timeout: 2 * STATEMENT_MS,
      };
  const pool = new pg.Pool({ ...connectionConfig(url), ...limits, max });
  // A lost connection is seen by the next query; without listeners it would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => {
    client.on('error', () => {});
    // Queries of a connection follow one another: the first that is asked for comes after this one.
    if (readOnly) client.query('set default_transaction_read_only = on').catch(() => client.end());
  });
  const sort = (error: unknown): unknown => sortError(error, url);
  return {
    options: pool.options,
    end: () => pool.end(),
    connect: async () => guard(await pool.connect().catch(thrower(sort)), sort),
  };
}

/** The client with its errors sorted; one that failed for want of a connection does not go back into the pool. */
function guard(client: pg.PoolClient, sort: (error: unknown) => unknown): pg.PoolClient {
  let broken = false;
  const query = async (text: string, values: readonly unknown[] = []): Promise<pg.QueryResult> => {
    try {
      return await client.query(text, values.map(withoutNul));
    } catch (error) {
      const sorted = sort(error);
      // After a time-out or a cut the connection's state is unknown.
      broken ||= sorted instanceof StoreUnavailable;
      throw sorted;
    }
  };
  const release = (destroy = false): void => client.release(destroy || broken);
  const own: Record<PropertyKey, unknown> = { query, release };
  return new Proxy(client, { get: (target, key) => own[key] ?? Reflect.get(target, key) });
}

/** PostgreSQL's text has no NUL; people's text may. */
function withoutNul(value: unknown): unknown {
  return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\u{fffd}') : value;
}

function thrower(sort: (error: unknown) => unknown): (error: unknown) => never {
  return (error) => {
    throw sort(error);
  };
}

/** Classes and codes of PostgreSQL (its documentation, appendix A) for "not now". */
const NOT_NOW = /^(08...|28...|3D000|53...|57...|58...|25006|25P03|55P03|F0...)$/;
const NETWORK = /^(E[A-Z]+|UND_.*)$/;
const CUT = /terminated|timeout|Client has encountered a connection error|not queryable|connection is (closed|insecure)/i;

/** @returns a `StoreUnavailable` for what may pass, else the error itself. Neither shows the password. */
export function sortError(error: unknown, url: string): unknown {
  if (!(error instanceof Error) || error instanceof StoreUnavailable) return error;
  const code = codeOf(error);
  if (!NOT_NOW.test(code) && !NETWORK.test(code) && !CUT.test(error.message)) return error;
  const message = error.message || (error instanceof AggregateError && String(error.errors[0]?.message)) || code;
  return new StoreUnavailable(`PostgreSQL at ${placeOf(url)} (DATABASE_URL) is not available: ${hide(message, url)}`, {
    reason: reasonOf(code, message),
  });
}

/** PostgreSQL's codes (its documentation, appendix A) in words, without the address. */
const REASONS: Record<string, string> = {
  '25006': 'is read-only: PostgreSQL is a standby or was set so',
  '53100': 'cannot grow, its disk is full',
  '53200': 'has no memory left',
  '53300': 'has no connection left for us',
  '57P01': 'is shutting down',
  '57P03': 'is starting up or recovering',
};

function reasonOf(code: string, message: string): string {
  if (code === '' && /timeout exceeded when trying to connect/.test(message)) return 'had no connection free in time';
  return REASONS[code] ?? 'does not answer';
}

/** SQLSTATE or system error code; empty when there is none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function placeOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}

function hide(message: string, url: string): string {
  const { password } = new URL(url);
  return password ? message.replaceAll(decoded(password), '…').replaceAll(password, '…') : message;
}

/** A password with a bare percent sign is none that an address can hold, and yet people paste it. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
