/** What each kind of due session is for, and what done looks like (S2). */
import type { Duty } from '../../model/sweep.ts';

export interface DutyGuide {
  /** Markdown, one paragraph. */
  aim: string;
  /** Lines of a task list. */
  criteria: readonly string[];
}

const GUIDES: Record<Duty['kind'], DutyGuide> = {
  governance: {
    aim: 'Rules and documents age quietly. This session reads them as a newcomer would and puts right what is no longer true.',
    criteria: [
      'README, runbooks and decision records say what the code does today',
      'Owners, required checks and permissions are those that the team wants',
      'What was found and is too big for this session has an issue of its own',
    ],
  },
  scheduler: {
    aim: 'The way that work is planned deserves work too. This session looks at the last cycles and improves playbooks, limits and rotation.',
    criteria: [
      'Capacity, reserve and categories fit what the last cycles showed',
      'Playbook steps that everybody skips or repeats are changed',
      'What the sweep proposes and what it does by itself is decided anew',
      'Expected effect and way back are written down',
    ],
  },
  hardening: {
    aim: 'The incident is over; its cause may not be. This session makes sure that the same thing cannot happen again unseen.',
    criteria: [
      'The root cause is written down, with what let it through',
      'A test fails without the fix and passes with it',
      'A monitor or an alert would show it before people do',
    ],
  },
  retrospective: {
    aim: 'The rollout did not go as planned. This session looks back without blame and changes how the next one goes.',
    criteria: [
      'The course of events is written down: what was seen, when, and what was done',
      'It says what helped, what hurt and what was luck',
      'Each change that follows has an owner and an issue',
    ],
  },
  deflake: {
    aim: 'A check that people cannot trust, or have to wait for, slows every session. This one makes it steady and quick again.',
    criteria: [
      'The cause is known and written down, not only hidden by a retry',
      'The check gives the same outcome in twenty runs on one commit',
      'Its duration is back where it was, or the new one is explained',
    ],
  },
  corrective: {
    aim: 'A trend goes the wrong way, slowly enough that no single change is to blame. This session turns it.',
    criteria: [
      'The change that moved the figure is found, or several are named',
      'The figure is back at its former level, measured as before',
      'Something would show it sooner the next time',
    ],
  },
  rescue: {
    aim: 'The session is near its end and stands still. This short one carries it over the line in three steps, and no further.',
    criteria: [
      'Stabilise: what stands builds, and what cannot be finished is cut into an issue of its own',
      'Test: the smallest set of checks that means something is green',
      'Merge: the pull request is merged, or the session is ended with the reason',
    ],
  },
  unblocker: {
    aim: 'Several sessions wait for the same thing. This short one clears the way for all of them.',
    criteria: [
      'What they wait for is done, or replaced by something that is here today',
      'Each of the sessions above is unblocked, or says what else it waits for',
      'Whoever is asked next time is written down',
    ],
  },
};

export function dutyGuide({ kind }: Duty): DutyGuide {
  return GUIDES[kind];
}
