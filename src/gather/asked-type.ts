/** What a comment may want, so that it is read along with the facts: which start label, and whether the history. */

/** The first `/session start <type>` of the body, or `/session sub … type=<type>`; empty when there is none. */
export function askedType(body: string): string {
  const asked = /^[ \t]*\/session[ \t]+(?:start[ \t]+|sub[ \t].*?[ \t]type[ \t]*=[ \t]*)([a-z][a-z0-9-]{0,29})\b/im;
  return asked.exec(body)?.[1]?.toLowerCase() ?? '';
}

/** Whether the body may hold a `/session prompt`. */
export function asksPrompt(body: string): boolean {
  return /^[ \t]*\/session[ \t]+prompt\b/im.test(body);
}
