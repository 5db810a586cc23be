/** The story: what its steps share, and the runner that plays them one after the other. */
import type { AppProcess } from './app-process.ts';
import type { People } from './people.ts';
import type { Tally, Transcript } from './transcript.ts';

/** What one step leaves for the next ones. */
export interface Memory {
  issue?: number;
  branch?: string;
  playbookComment?: number;
  pull?: number;
}

export interface Story {
  people: People;
  app: AppProcess;
  say: Transcript;
  memory: Memory;
  /** The app's next writes to GitHub (one, or `times`) arrive only after so many milliseconds. */
  slow(latencyMs: number, times?: number): Promise<void>;
}

export interface Step {
  title: string;
  play(story: Story): Promise<void>;
}

/** @throws when an earlier step left nothing to go on with. */
export function need<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`an earlier step left no ${what}`);
  return value;
}

/** Plays every step, whatever became of the one before. */
export async function playStory(steps: readonly Step[], story: Story): Promise<Tally> {
  for (const [index, step] of steps.entries()) {
    story.say.heading(`${index + 1}. ${step.title}`);
    try {
      await step.play(story);
    } catch (error) {
      story.say.fail('the step to reach its end', error instanceof Error ? error.message : String(error));
    }
  }
  return story.say.tally;
}
