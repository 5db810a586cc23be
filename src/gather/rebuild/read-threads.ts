/** Reads on in threads where the card, or something else that belongs to its session, is not among the first or last comments. */
import type { FoundComment } from '../../model/rebuild.ts';
import { RebuildThreadDocument, type RebuildThreadQuery, type RebuildThreadQueryVariables } from '../generated/graphql.ts';
import { present } from '../map-subject.ts';
import type { Asking } from './ask.ts';
import { type FoundThread, foundComment, withComments } from './map-found.ts';

/** Of one thread; with 100 comments a page. */
const PAGES_MAX = 20;

/** Without a readable card all of it is read: nothing else tells what belongs to the session. */
export async function readOn(thread: FoundThread, ask: Asking): Promise<FoundThread> {
  let read = thread;
  let after: string | null = null;
  for (let page = 0; page < PAGES_MAX && wants(read); page++) {
    if (!ask.mayAsk()) {
      ask.cut.push(`#${thread.subject.number}: not all of its ${thread.total} comments were read`);
      return read;
    }
    const variables: RebuildThreadQueryVariables = { id: thread.subject.id, after };
    const { data } = await ask.query<RebuildThreadQuery>('RebuildThread', RebuildThreadDocument, variables);
    const connection = data?.node && 'comments' in data.node ? data.node.comments : null;
    const said: FoundComment[] = present(connection?.nodes).map(foundComment);
    read = withComments(read, said);
    if (!connection?.pageInfo.hasNextPage) return read;
    after = connection.pageInfo.endCursor;
  }
  return read;
}

/** Something that is in the thread for sure has not been seen. */
export function wants(thread: FoundThread): boolean {
  if (thread.comments.length >= thread.total) return false;
  const { state, comments } = thread;
  if (!state) return true;
  const { records } = state.session;
  const roles = [
    'playbook',
    ...(state.session.state === 'completed' ? ['record'] : []),
    ...records.personas.map((name) => `persona ${name}`),
    ...(['ideas', 'gaps', 'measures', 'joints'] as const).filter((role) => records[role].length > 0),
  ];
  return roles.some((role) => !comments.some(({ ours, body }) => ours && body.startsWith(`<!-- playcaller:${role} -->`)));
}
