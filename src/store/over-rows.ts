/** Statements over many rows: made once for each count of rows, then run with other values. Making one costs more than running it. */
import type { Compilable, CompiledQuery } from 'kysely';
import type { Engine, Tx } from './engine.ts';

type Row = Record<string, string | number>;

/** Stands for a row's value while the statement is made. */
class Cell {
  readonly row: number;
  readonly column: string;

  constructor(row: number, column: string) {
    this.row = row;
    this.column = column;
  }
}

/** Both engines bound the parameters of one statement; the least is SQLite's 32,766. */
const ROWS_AT_ONCE = 2000;

export function* parts<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) yield rows.slice(from, from + ROWS_AT_ONCE);
}

/** A group of webhooks has no more; larger statements are rare, and made anew. */
const KEPT_UP_TO = 32;

/**
 * @param columns all that `make` reads of a row
 * @param make puts each value of a row into the statement as it is, so that it becomes a parameter
 */
export function overRows<R extends Row, Result>(
  columns: readonly (keyof R & string)[],
  make: (engine: Engine, rows: R[]) => Compilable<Result>,
): (engine: Engine, tx: Tx, rows: readonly R[]) => Promise<Result[]> {
  const kept = new WeakMap<Engine, Map<number, CompiledQuery<Result>>>();

  function statement(engine: Engine, count: number): CompiledQuery<Result> {
    const known = kept.get(engine) ?? new Map<number, CompiledQuery<Result>>();
    const query = known.get(count) ?? make(engine, cellsOf<R>(columns, count)).compile();
    if (count <= KEPT_UP_TO) kept.set(engine, known.set(count, query));
    return query;
  }

  return async (engine, tx, rows) => {
    const found: Result[] = [];
    for (const part of parts(rows)) {
      const query = statement(engine, part.length);
      const parameters = query.parameters.map((value) => (value instanceof Cell ? part[value.row]?.[value.column] : value));
      found.push(...(await tx.executeQuery<Result>({ ...query, parameters })).rows);
    }
    return found;
  };
}

/** Typed as rows, for they stand where rows will. */
function cellsOf<R extends Row>(columns: readonly (keyof R & string)[], count: number): R[] {
  const rows = Array.from({ length: count }, (_, row) =>
    Object.fromEntries(columns.map((column) => [column, new Cell(row, column)])),
  );
  return rows as unknown as R[];
}
