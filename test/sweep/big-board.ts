/** A repository with more open sessions than one page of the board holds: each begun by the app's own hand, in shape. */
import type { Trigger } from '../../src/model/trigger.ts';
import { REPO, SHOP, type Stage } from '../apply/stage.ts';

const BEGUN_AT = '2030-05-01T08:00:00.000Z';
const CATEGORIES = ['security', 'data-integrity', 'golden-path', 'ci-stability', 'graph', 'infrastructure', 'ux'];

/** @param begun ISO 8601, UTC: of the first session, each further one a second later */
export async function bigBoard(stage: Stage, count: number, begun = BEGUN_AT): Promise<number[]> {
  await stage.alice.rest.repos.createOrUpdateFileContents({
    ...SHOP,
    path: '.github/playcaller.yml',
    message: 'chore: room for all of them',
    content: Buffer.from('version: 1\ncapacity: 1000\nreserve: 1\n').toString('base64'),
  });
  await stage.handle(boardTrigger(stage, begun, 'configuration'));
  const numbers: number[] = [];
  for (let at = 0; at < count; at++) {
    // The last one alone stands for its category.
    const category = at === count - 1 ? 'analytics' : CATEGORIES[at % CATEGORIES.length];
    const labels = ['session:bug-fix', `category:${category}`];
    const { data } = await stage.alice.rest.issues.create({ ...SHOP, title: `Piece of work number ${at}`, labels });
    const change = { kind: 'change' as const, event: 'issues.labeled', sender: 'alice', labels, isPull: false };
    const { installationId } = stage;
    const now = new Date(Date.parse(begun) + at * 1000).toISOString();
    await stage.handle({
      kind: 'subject',
      repo: REPO,
      number: data.number,
      installationId,
      now,
      guid: `g${at}`,
      changes: [change],
    });
    numbers.push(data.number);
  }
  return numbers;
}

export function boardTrigger(
  { installationId }: Stage,
  now: string,
  reason: 'command' | 'configuration' = 'command',
): Extract<Trigger, { kind: 'board' }> {
  return { kind: 'board', repo: REPO, installationId, now, guid: `board ${now}`, reasons: [reason] };
}
