/** Orders ids as people do: `task-2` before `task-10`; the same on every machine. */
import { codePointOrder } from '../sweep/code-point-order.ts';

/** Negative when `a` comes first, 0 only for the same text. */
export function naturalOrder(a: string, b: string): number {
  const [left, right] = [parts(a), parts(b)];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const [one = '', other = ''] = [left[i], right[i]];
    const difference = isNumber(one) && isNumber(other) ? byNumber(one, other) : codePointOrder(one, other);
    if (difference !== 0) return difference;
  }
  return left.length - right.length || codePointOrder(a, b);
}

function parts(text: string): string[] {
  return text.match(/\d+|\D+/g) ?? [];
}

function isNumber(part: string): boolean {
  return /^\d/.test(part);
}

/** Numbers of any length. */
function byNumber(a: string, b: string): number {
  const [one, other] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')];
  return one.length - other.length || codePointOrder(one, other);
}
