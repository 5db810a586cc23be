/** Pages of a board that is too big for one: kept in the ledger while they are read, so that the next try goes on from there. */
import type { Config } from '../../model/config.ts';
import { digest } from '../../model/digest.ts';
import { BoardPageDocument } from '../generated/graphql.ts';
import type { Reading } from '../reading.ts';
import type { Page } from './page.ts';
import type { Wanted } from './read-pages.ts';

/** GitHub's limits end within the hour (GitHub docs, "Rate limits"): what was read before still counts after. */
const FRESH_MS = 2 * 3_600_000;

export interface Notebook {
  /** Read so far, in this try and in those before. */
  pages: Page[];
  /** Keeps what was read since the last time. */
  keep(): Promise<void>;
  readonly kept: boolean;
}

/** @throws what the store throws */
export async function keptPages(
  { repo, day, now, labelled }: Wanted,
  config: Config,
  { ledger, keepPage }: Reading,
): Promise<Notebook> {
  const since = new Date(Date.parse(now) - FRESH_MS).toISOString();
  // Another question (a new release, other labels) has other answers.
  const shape = digest(JSON.stringify([BoardPageDocument, labelled, config.labels, config.categories]));
  const found = await ledger.boardPages(repo, { day, shape, since, until: now });
  const pages = found.map(pageIn);
  let kept = pages.length;
  return {
    pages,
    async keep() {
      if (!keepPage) return;
      for (; kept < pages.length; kept += 1)
        await keepPage({ repo, day, shape, page: kept, at: now, lines: linesOf(pages[kept]) });
    },
    get kept() {
      return kept > 0;
    },
  };
}

/** The page without what is big, then each session and comment on a line of its own. */
function linesOf(page: Page | undefined): string[] {
  if (!page) return [];
  const { nodes, comments, ...rest } = page;
  return [
    JSON.stringify(rest),
    ...nodes.map((node) => JSON.stringify({ node })),
    ...comments.map((comment) => JSON.stringify({ comment })),
  ];
}

function pageIn([first = '{}', ...lines]: string[]): Page {
  const values = lines.map((line): { node?: Page['nodes'][number]; comment?: Page['comments'][number] } => JSON.parse(line));
  return {
    ...JSON.parse(first),
    nodes: values.flatMap(({ node }) => node ?? []),
    comments: values.flatMap(({ comment }) => comment ?? []),
  };
}
