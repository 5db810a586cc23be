/** Where a session stands in the plan of its parent, in a line of its card (B1). */
import type { InPlan } from '../../model/sub-plan.ts';

const MOST = 20;

export function planLine({ parent, batch, of, waits, abandoned, unseen }: InPlan): string {
  const plan = `the plan of #${parent}`;
  if (unseen) return `${plan} has no place for it yet`;
  const where = batch === null ? `in a cycle of ${plan}, or behind one` : `batch ${batch} of ${of} in ${plan}`;
  const given =
    abandoned.length > 0
      ? `; ${named(abandoned)} ${abandoned.length === 1 ? 'was' : 'were'} given up: drop the link or start with \`/session start --anyway\``
      : '';
  return waits.length === 0 ? where : `${where} · waits for ${named(waits)}${given}`;
}

function named(numbers: readonly number[]): string {
  const more = numbers.length > MOST ? ` and ${numbers.length - MOST} more` : '';
  return (
    numbers
      .slice(0, MOST)
      .map((number) => `#${number}`)
      .join(', ') + more
  );
}
