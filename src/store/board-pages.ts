/** Keeps pages of a board while it is read. Bodies of comments make them big: they are deflated to about a tenth. */
import { deflateSync, inflateSync } from 'node:zlib';
import type { BoardPage } from '../model/board-facts.ts';
import type { RepoName } from '../model/repo.ts';
import type { Engine, Tx } from './engine.ts';
import type { PagesWanted } from './ledger-types.ts';

export async function keepBoardPage(tx: Tx, { repo, page, day, shape, at, lines }: BoardPage): Promise<void> {
  if (page === 0) await forgetBoardPages(tx, repo);
  const row = { repo, page, day, shape, at: Date.parse(at), data: deflated(lines) };
  await tx
    .insertInto('board_page')
    .values(row)
    .onConflict((on) => on.columns(['repo', 'page']).doUpdateSet(row))
    .execute();
}

export async function forgetBoardPages(tx: Tx, repo: RepoName): Promise<void> {
  await tx.deleteFrom('board_page').where('repo', '=', repo).execute();
}

/** In the order of reading, up to the first that is missing or does not fit. */
export async function boardPages({ db }: Engine, repo: RepoName, wanted: PagesWanted): Promise<string[][]> {
  const rows = await db.selectFrom('board_page').selectAll().where('repo', '=', repo).orderBy('page').execute();
  const fits = (row: (typeof rows)[number], index: number) =>
    row.page === index &&
    row.day === wanted.day &&
    row.shape === wanted.shape &&
    row.at >= Date.parse(wanted.since) &&
    row.at <= Date.parse(wanted.until);
  const end = rows.findIndex((row, index) => !fits(row, index));
  return (end < 0 ? rows : rows.slice(0, end)).map(({ data }) => inflated(data));
}

/** Line by line: one text of half a megabyte would stay in memory until the next big collection. */
function deflated(lines: readonly string[]): string {
  return deflateSync(Buffer.concat(lines.map((line) => Buffer.from(`${line}\n`)))).toString('base64');
}

function inflated(data: string): string[] {
  return inflateSync(Buffer.from(data, 'base64')).toString().split('\n').slice(0, -1);
}
