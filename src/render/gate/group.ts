/** Words about a merge queue's trial of a pull request. */

/** Stands before the verdict on the group's commit. */
export const INTRO = 'The merge queue tries the pull request out. CI is looked at on this commit, all else on the pull request.';
