/** A list of the board that is read along with the pages until it ends. */

type Connection = { pageInfo: { hasNextPage: boolean; endCursor: string | null } } | null | undefined;

/** How far a list was read. */
export interface Cursor {
  more: boolean;
  after: string | null;
}

export const LISTS = ['labelled', 'pulls', 'active', 'reserve'] as const;
export type Cursors = Record<(typeof LISTS)[number], Cursor>;

export const FROM_THE_START: Cursors = {
  labelled: { more: true, after: null },
  pulls: { more: true, after: null },
  active: { more: true, after: null },
  reserve: { more: true, after: null },
};

/** @param list absent when it was not asked for */
export function turned(cursor: Cursor, list: Connection): Cursor {
  if (!cursor.more) return cursor;
  return { more: list?.pageInfo.hasNextPage ?? false, after: list?.pageInfo.endCursor ?? cursor.after };
}

export function goesOn(cursors: Cursors): boolean {
  return LISTS.some((name) => cursors[name].more);
}
