/** All mutations. Aliased ones in one document run one after another; one that fails is null alone. */
import type { Fields } from '../types.ts';
import { checkMutations } from './checks.ts';
import { commentMutations } from './comments.ts';
import { issueMutations } from './issues.ts';
import { labelMutations } from './labels.ts';
import { pullMutations } from './pulls.ts';
import { refMutations } from './refs.ts';
import { reviewMutations } from './reviews.ts';
import { threadMutations } from './thread-change.ts';

export const mutationFields: Fields<unknown> = {
  ...commentMutations,
  ...labelMutations,
  ...refMutations,
  ...issueMutations,
  ...threadMutations,
  ...checkMutations,
  ...pullMutations,
  ...reviewMutations,
};
