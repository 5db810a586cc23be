/** The queue for slots, as soft dependencies would have it: who had better wait for another stands behind it (B3). */

/**
 * Nobody goes forward, so that a plan takes no place from sessions outside of it; a circle stays in the order it came.
 * @param after by number: those that had better come first
 */
export function softQueue(queue: readonly number[], after: ReadonlyMap<number, readonly number[]>): number[] {
  if (after.size === 0) return [...queue];
  const waiting = new Set(queue);
  const order: number[] = [];
  const isFree = (number: number) => !(after.get(number) ?? []).some((other) => other !== number && waiting.has(other));
  let behind: number[] = [];
  const take = (number: number): void => {
    waiting.delete(number);
    order.push(number);
    for (let free = behind.find(isFree); free !== undefined; free = behind.find(isFree)) {
      const next = free;
      behind = behind.filter((one) => one !== next);
      waiting.delete(next);
      order.push(next);
    }
  };
  for (const number of queue) {
    if (isFree(number)) take(number);
    else behind.push(number);
  }
  return [...order, ...behind];
}
