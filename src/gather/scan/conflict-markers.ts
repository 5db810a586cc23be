/** Finds merge conflicts that were left in a file: the three markers in order, never one of them alone. */
import type { AddedLine } from './added-lines.ts';

/** Line numbers of the opening markers. A lone `=======` is a heading in many formats. */
export function conflictMarkers(lines: AddedLine[]): number[] {
  const found: number[] = [];
  let opened: number | null = null;
  let parted = false;
  for (const { line, text } of lines) {
    if (/^<{7}(?: |$)/.test(text)) {
      opened = line;
      parted = false;
    } else if (/^={7}$/.test(text)) {
      parted = opened !== null;
    } else if (/^>{7}(?: |$)/.test(text)) {
      if (opened !== null && parted) found.push(opened);
      opened = null;
      parted = false;
    }
  }
  return found;
}
