/** Kills the app at a point that was drawn: by what just passed between it and the sandbox. */
import type { AppProcess } from '../../src/sandbox/story/app-process.ts';
import type { Between, Passing } from './between.ts';

export const PHASES = ['acknowledging', 'gathering', 'applying', 'completing'] as const;
export type Phase = (typeof PHASES)[number];

export interface Strike {
  phase: Phase;
  /** `before` what passes is done, while it is (sent, not answered), or when it is done and nobody was told. */
  moment: 'before' | 'during' | 'after';
  /** The how many-th webhook, read or write it is. */
  nth: number;
  /** Milliseconds from there. */
  delayMs: number;
}

/** An event makes few calls: of more that were waited for, most would never come. */
const MOST: Record<Phase, number> = { acknowledging: 4, gathering: 3, applying: 2, completing: 2 };

/** @param random the round's */
export function drawStrike(random: () => number): Strike {
  const pick = <T>(from: readonly [T, ...T[]]): T => from[Math.floor(random() * from.length)] ?? from[0];
  const phase = pick(PHASES);
  const moment = phase === 'completing' ? 'after' : pick(['before', 'during', 'after'] as const);
  const delayMs = moment === 'before' ? 0 : Math.floor(random() * 8);
  return { phase, moment, nth: 1 + Math.floor(random() * MOST[phase]), delayMs };
}

const SEEN = { acknowledging: 'webhook', gathering: 'read', applying: 'write', completing: 'write' } as const;
const AT = { before: 'arrived', during: 'forwarded', after: 'answered' } as const;

export interface Assassin {
  /** Resolves when the app is dead. */
  struck: Promise<void>;
  /** Nothing more passed that it waited for. @returns whether it had struck already. */
  strikeNow(): Promise<boolean>;
}

export function sendAssassin(strike: Strike, app: AppProcess, between: Between): Assassin {
  const { promise: struck, resolve, reject } = Promise.withResolvers<void>();
  let left = strike.nth;
  let done = false;
  const kill = (): void => {
    between.watch(() => 'go');
    app.kill().then(resolve, reject);
  };
  between.watch((passing) => {
    if (done || passing.traffic !== SEEN[strike.phase] || passing.at !== at(strike)) return 'go';
    left -= 1;
    if (left > 0) return 'go';
    done = true;
    if (strike.delayMs === 0) kill();
    else setTimeout(kill, strike.delayMs);
    // An answer that was held back never comes; one that was let through may still be read.
    return passing.at === 'passed' ? 'go' : 'fall';
  });
  return {
    struck,
    async strikeNow() {
      const before = done;
      done = true;
      if (!before) kill();
      await struck;
      return before;
    },
  };
}

function at({ phase, moment }: Strike): Passing['at'] {
  return phase === 'completing' ? 'passed' : AT[moment];
}
