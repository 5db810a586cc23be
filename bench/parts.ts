/** The bench's parts by name, in the order in which they are measured. */
import { measureAcknowledgement } from './acknowledgement.ts';
import { measureApiCalls } from './api-calls.ts';
import { measureBatches } from './batches.ts';
import { measureBurst, measureStorm } from './burst.ts';
import { measureDrain } from './drain.ts';
import type { Measure } from './figure.ts';
import { measureLabelToCard } from './label-to-card.ts';
import { measurePlan } from './plan.ts';
import { measureProgress } from './progress.ts';
import { measureRebuild } from './rebuild.ts';
import { measureRecovery } from './recovery.ts';
import { measureReplicas } from './replicas.ts';
import { measureSoak } from './soak.ts';
import { measureStart } from './start.ts';
import { measureSweep } from './sweep.ts';
import { measureVerdict } from './verdict.ts';

export interface Part {
  /** What is measured, for the page of figures. */
  about: string;
  measure: Measure;
  /** Takes longer than all others together: only when it is asked for. */
  byNameOnly?: boolean;
}

export const PARTS: Record<string, Part> = {
  acknowledgement: {
    about:
      "GitHub's example payloads, signed, over 32 connections: taken by Playcaller, which has stored on disk what concerns it before it answers, and by a bare Probot app, which keeps them in memory. Both in turns.",
    measure: measureAcknowledgement,
  },
  start: { about: "From the process's birth to a good `/readyz`, and what the process weighs then.", measure: measureStart },
  'api-calls': { about: 'What one event costs in calls to GitHub, counted by the sandbox.', measure: measureApiCalls },
  'label-to-card': {
    about: 'From a `session:` label to the card on the issue. GitHub answers at once.',
    measure: measureLabelToCard,
  },
  verdict: { about: 'Deciding alone, on facts that are there: pure, without GitHub and store.', measure: measureVerdict },
  burst: { about: '30 pull requests opened in the same moment, 50 ms for each call to GitHub.', measure: measureBurst },
  storm: {
    about: '300 pull requests opened in the same moment: more than the 80 writes a minute that GitHub lets through.',
    measure: measureStorm,
  },
  progress: { about: 'Reading the ticks of a long checklist.', measure: measureProgress },
  rebuild: { about: 'An emptied ledger, made again from GitHub.', measure: measureRebuild },
  plan: { about: 'The plan of the day for sessions in a file.', measure: measurePlan },
  batches: { about: '`playcaller plan` on tasks in large files.', measure: measureBatches },
  sweep: { about: 'A sweep over a repository with 1,000 open sessions.', measure: measureSweep },
  drain: {
    about:
      'Real signed deliveries by HTTP about 500 issues with a session and 500 pull requests, 10 for each, on SQLite; GitHub is the sandbox beside it and answers at once. All that wait for one key are one look, and every look writes a card or a verdict the first time.',
    measure: measureDrain,
  },
  recovery: {
    about: 'The same deliveries, all open, when the app dies by SIGKILL at work. Its lanes are held for 10 s more by its lease.',
    measure: measureRecovery,
  },
  replicas: {
    about:
      '300 issues with a session and 300 pull requests, told of at once to 1, 2 and 4 replicas on one PostgreSQL, 100 ms for each call to GitHub. Replicas, GitHub and database share this machine: its cores are the limit.',
    measure: measureReplicas,
  },
  soak: {
    about:
      'Deliveries, sessions that begin, go on and end, pull requests, commands and sweeps. What counts is the process of the app.',
    measure: measureSoak,
    byNameOnly: true,
  },
};
