/** The subject as it stands on GitHub: an issue with its family and its pull requests, or a pull request that carries a session. */
import type { SessionLedger, SubjectFacts } from '../model/facts.ts';
import type { LaneFacts } from '../model/lane-facts.ts';
import type { RepoName } from '../model/repo.ts';
import { familyOf, keysIn } from './family.ts';
import type { SubjectQuery } from './generated/graphql.ts';
import { commentFact, issueFacts, present } from './map-subject.ts';
import type { Reading } from './reading.ts';
import { servingPulls } from './serving-pulls.ts';

type Answer = NonNullable<SubjectQuery['repository']>;

export async function subjectFacts(
  data: SubjectQuery,
  home: Answer,
  own: SessionLedger | null,
  reading: Reading,
  repo: RepoName,
  pull: LaneFacts['pull'],
): Promise<SubjectFacts> {
  const thing = home.issueOrPullRequest;
  const remembered = present(data.known).flatMap((node) => (node.__typename === 'IssueComment' ? [commentFact(node)] : []));
  const thread = present(thing?.comments?.nodes).map(commentFact);
  const comments = [...new Map([...thread, ...remembered].map((comment) => [comment.id, comment])).values()];
  const ref = home.ref?.target ? { id: home.ref.id, sha: home.ref.target.oid } : null;
  if (thing?.__typename === 'Issue') {
    const pulls = await servingPulls(data, home, own, reading, repo);
    const family = await familyOf(thing, reading.ledger, repo);
    return { ...issueFacts(thing), ...family, madeByCommand: keysIn(present(thing.asked?.nodes)), comments, pulls, branch: ref };
  }
  if (!pull) throw new Error('a subject is an issue or a pull request');
  return {
    id: pull.id,
    number: pull.number,
    onPull: true,
    title: pull.title,
    body: pull.body,
    url: pull.url,
    author: pull.author,
    state: pull.state === 'open' ? 'open' : 'closed',
    closeReason: null,
    locked: pull.locked,
    labels: pull.labels,
    comments,
    pulls: [pull],
    branch: null,
  };
}

/** The card of the session that this pull request serves, if it still stands. */
export function cardOf(data: SubjectQuery, served: SessionLedger) {
  const node = present(data.known).find((candidate) => 'id' in candidate && candidate.id === served.artefacts.card);
  return node?.__typename === 'IssueComment' ? commentFact(node) : null;
}
