/** The steps, in the order in which they are played. */
import type { Step } from '../story.ts';
import { labelAnIssue } from './01-label-an-issue.ts';
import { tickSteps } from './02-tick-steps.ts';
import { aCarelessPull } from './03-a-careless-pull.ts';
import { mended } from './04-mended.ts';
import { merged } from './05-merged.ts';
import { sixteenAtOnce } from './06-sixteen-at-once.ts';
import { sweep } from './07-sweep.ts';
import { twiceAndKilled } from './08-twice-and-killed.ts';
import { parentAndSubs } from './09-parent-and-subs.ts';
import { ideas } from './10-ideas.ts';
import { audit } from './11-audit.ts';
import { batches } from './12-batches.ts';

export const STEPS: readonly Step[] = [
  labelAnIssue,
  tickSteps,
  aCarelessPull,
  mended,
  merged,
  sixteenAtOnce,
  sweep,
  twiceAndKilled,
  parentAndSubs,
  ideas,
  audit,
  batches,
];
