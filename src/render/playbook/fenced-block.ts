/** A template as a code block that its own backticks cannot end. */

export function fencedBlock(text: string, language = 'text'): string[] {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, ...text.trimEnd().split(/\r\n|\r|\n/), fence];
}
