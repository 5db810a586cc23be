/** Lets Kysely's SQLite driver work on Node's own `node:sqlite`. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DatabaseConnection, Dialect, SqliteDatabase, SqliteStatement } from 'kysely';
import { CompiledQuery, SqliteAdapter, SqliteDriver, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';

/** Turns an error of the database into one of ours. */
export type Translate = (error: unknown) => unknown;

const CACHED_STATEMENTS = 300;

type Bindable = string | number | bigint | null;

/** A parameter that is the time, in epoch milliseconds, when its statement runs. */
export class Clock {
  readonly ms: () => number;

  constructor(ms: () => number) {
    this.ms = ms;
  }
}

/** One time for the whole statement, as PostgreSQL has it. */
function bound(parameters: readonly unknown[]): Bindable[] {
  let now: number | null = null;
  return parameters.map((value) => {
    if (!(value instanceof Clock)) return value as Bindable;
    now ??= value.ms();
    return now;
  });
}

class Statement implements SqliteStatement {
  readonly reader: boolean;
  readonly #statement: StatementSync;
  readonly #translate: Translate;

  constructor(statement: StatementSync, translate: Translate) {
    this.#statement = statement;
    this.#translate = translate;
    this.reader = statement.columns().length > 0;
  }

  all(parameters: readonly unknown[]): unknown[] {
    return translated(this.#translate, () => this.#statement.all(...bound(parameters)));
  }

  run(parameters: readonly unknown[]): { changes: number | bigint; lastInsertRowid: number | bigint } {
    return translated(this.#translate, () => this.#statement.run(...bound(parameters)));
  }

  iterate(parameters: readonly unknown[]): IterableIterator<unknown> {
    return this.#statement.iterate(...bound(parameters));
  }
}

/** Keeps the statements used last: preparing costs more than running the small ones. */
class Database implements SqliteDatabase {
  readonly #db: DatabaseSync;
  readonly #translate: Translate;
  readonly #statements = new Map<string, Statement>();

  constructor(db: DatabaseSync, translate: Translate) {
    this.#db = db;
    this.#translate = translate;
  }

  prepare(text: string): Statement {
    const known = this.#statements.get(text);
    this.#statements.delete(text);
    const statement = known ?? translated(this.#translate, () => new Statement(this.#db.prepare(text), this.#translate));
    this.#statements.set(text, statement);
    const oldest = this.#statements.keys().next();
    if (this.#statements.size > CACHED_STATEMENTS && !oldest.done) this.#statements.delete(oldest.value);
    return statement;
  }

  close(): void {
    this.#statements.clear();
    if (this.#db.isOpen) this.#db.close();
  }
}

/** Transactions take the write lock at once: a later upgrade could fail half-way. */
class Driver extends SqliteDriver {
  readonly #db: DatabaseSync;

  constructor(db: DatabaseSync, translate: Translate) {
    super({ database: new Database(db, translate) });
    this.#db = db;
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await patiently(() => connection.executeQuery(CompiledQuery.raw('begin immediate')));
  }

  /** SQLite has ended the transaction itself after some errors (full disk); a second end would hide the first error. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#db.isTransaction) await super.rollbackTransaction(connection);
  }
}

export function nodeSqliteDialect(db: DatabaseSync, translate: Translate): Dialect {
  return {
    createDriver: () => new Driver(db, translate),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (kysely) => new SqliteIntrospector(kysely),
  };
}

const PATIENCE_MS = 5000;
const NAP_MS = 5;

/** Waits for another connection's lock without stopping the event loop: the holder may live in this very process. */
export async function patiently<T>(attempt: () => T | Promise<T>): Promise<T> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!isBusy(error) || performance.now() > until) throw error;
      await sleep(NAP_MS + Math.random() * NAP_MS);
    }
  }
}

/** SQLite's primary result code (https://sqlite.org/rescode.html), also of an error that we translated; 0 for other errors. */
export function sqliteCode(error: unknown): number {
  if (!(error instanceof Error)) return 0;
  if ('errcode' in error && typeof error.errcode === 'number') return error.errcode & 0xff;
  return error.cause === undefined ? 0 : sqliteCode(error.cause);
}

const BUSY = 5;

function isBusy(error: unknown): boolean {
  return sqliteCode(error) === BUSY;
}

function translated<T>(translate: Translate, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw translate(error);
  }
}
