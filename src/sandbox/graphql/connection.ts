/** Cursor pages over lists that are in order already: only the shown slice is looked at. */
import { apiError } from './errors.ts';

/** Arguments that every connection of the schema takes. */
export interface PageArgs {
  first?: number | null;
  last?: number | null;
  after?: string | null;
  before?: string | null;
}

export interface Page<N> {
  totalCount: number;
  nodes: N[];
  edges: { cursor: string; node: N }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}

/** GitHub's bounds: `first` or `last`, 0 to 100. @throws {GraphQLError} as GitHub words it. */
export function checkBounds(field: string, args: PageArgs): void {
  const given = [
    ['first', args.first],
    ['last', args.last],
  ] as const;
  if (given.every(([, value]) => value === undefined || value === null)) {
    throw apiError(
      'MISSING_PAGINATION_BOUNDARIES',
      `You must provide a \`first\` or \`last\` value to properly paginate the \`${field}\` connection.`,
    );
  }
  for (const [name, value] of given) {
    if (value === undefined || value === null) continue;
    if (value < 0) throw apiError('EXCESSIVE_PAGINATION', `\`${name}\` on the \`${field}\` connection cannot be less than zero.`);
    if (value > 100) {
      throw apiError(
        'EXCESSIVE_PAGINATION',
        `Requesting ${value} records on the \`${field}\` connection exceeds the \`${name}\` limit of 100 records.`,
      );
    }
  }
}

function cursorOf(key: string | number, index: number): string {
  return Buffer.from(`cursor:v2:${index}:${key}`).toString('base64');
}

/** Where the cursor's item stands now. An item that is gone leaves its place as the mark. */
function place<T>(cursor: string, items: readonly T[], key: (item: T) => string | number): { index: number; gone: boolean } {
  const match = /^cursor:v2:(\d+):(.*)$/s.exec(Buffer.from(cursor, 'base64').toString());
  if (!match) throw apiError('INVALID_CURSOR_ARGUMENTS', `\`${cursor}\` does not appear to be a valid cursor.`);
  const index = Number(match[1]);
  const at = items[index];
  if (at !== undefined && String(key(at)) === match[2]) return { index, gone: false };
  const moved = items.findIndex((item) => String(key(item)) === match[2]);
  return moved >= 0 ? { index: moved, gone: false } : { index, gone: true };
}

/** One page. `key` tells items apart and must not change; `node` is called only for what the page shows. */
export function paginate<T, N>(
  items: readonly T[],
  args: PageArgs,
  key: (item: T) => string | number,
  node: (item: T) => N,
): Page<N> {
  let from = 0;
  let to = items.length;
  if (args.after) {
    const mark = place(args.after, items, key);
    from = Math.min(to, mark.gone ? mark.index : mark.index + 1);
  }
  if (args.before) to = Math.max(from, Math.min(to, place(args.before, items, key).index));
  if (typeof args.first === 'number') to = Math.min(to, from + args.first);
  if (typeof args.last === 'number') from = Math.max(from, to - args.last);
  const shown = items.slice(from, to);
  const nodes = shown.map(node);
  const edges = nodes.map((one, at) => ({ cursor: cursorOf(key(shown[at] as T), from + at), node: one }));
  return {
    totalCount: items.length,
    nodes,
    edges,
    pageInfo: {
      hasNextPage: to < items.length,
      hasPreviousPage: from > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

/** A page of things that are told apart by their id. */
export function page<T extends { id: number }, N>(items: readonly T[], args: PageArgs, node: (item: T) => N): Page<N> {
  return paginate(items, args, (item) => item.id, node);
}
