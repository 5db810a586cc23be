/** Words of `/session complete`. */

export const noSession = (served: number | null): string =>
  served === null ? 'There is no session here to complete.' : `The session is on #${served}: write the command there.`;
export const needsMerge = (): string =>
  'A session completes by itself when its pull request is merged. If it makes no code, say so and why.';
export const noReason = (): string => 'Say in a few words why there is no code to merge.';
export const alreadyCompleted = (): string => 'This session is completed already.';
export const criteriaOpen = (open: number): string =>
  `${open === 1 ? 'One acceptance criterion is' : `${open} acceptance criteria are`} still open. Tick them first, in the description or the playbook comment; \`/session waive criteria <why>\` lifts them.`;
export const childrenOpen = (open: number): string =>
  `${open === 1 ? 'One sub-session is' : `${open} sub-sessions are`} still open: the parent completes after them.`;
export const abandonedFirst = (): string =>
  'This session is abandoned, and only work that is under way can be completed. `/session start` takes it up again.';
