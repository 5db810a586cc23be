/** One line that changes with whatever happens to a pull request or to others' checks of its head. */
import type { PulseFragment } from './generated/graphql.ts';
import { present } from './map-subject.ts';

/** @param appId whose own checks are no news */
export function pulseOf({ updatedAt, pulse }: PulseFragment, appId: number): string {
  const commits = present(pulse.nodes).map(({ commit }) => commit);
  const suites = commits.flatMap(({ movedSuites }) => present(movedSuites?.nodes));
  const statuses = commits.flatMap(({ movedStatus }) => movedStatus?.contexts ?? []);
  const moved = [
    ...suites.filter(({ app }) => app?.databaseId !== appId).map((suite) => suite.updatedAt),
    ...statuses.map((status) => status.createdAt),
  ];
  return [updatedAt, ...moved.toSorted().slice(-1)].join(' ');
}
