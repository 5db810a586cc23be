/** Reads a unified diff of one file: which lines it adds, with their numbers in the new file. */

export interface AddedLine {
  /** In the new file, 1-based. */
  line: number;
  /** Without the `+` and without the line's end. */
  text: string;
}

const HUNK = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,\d+)? @@/;

/** `patch` as GitHub's REST API gives it: hunks without the file's header. */
export function addedLines(patch: string): AddedLine[] {
  const added: AddedLine[] = [];
  let line = 0;
  for (const row of patch.split('\n')) {
    const hunk = HUNK.exec(row);
    if (hunk) {
      line = Number(hunk[1]);
      continue;
    }
    if (row.startsWith('+')) {
      added.push({ line, text: row.slice(1).replace(/\r$/, '') });
      line += 1;
      // A backslash begins git's own remark "No newline at end of file".
    } else if (!row.startsWith('-') && !row.startsWith('\\')) {
      line += 1;
    }
  }
  return added;
}
