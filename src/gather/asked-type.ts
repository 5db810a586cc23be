/** Which start label a comment may want to put on: asked for along with the facts, so that it need not be looked up. */

/** The first `/session start <type>` of the body, or `/session sub … type=<type>`; empty when there is none. */
export function askedType(body: string): string {
  const asked = /^[ \t]*\/session[ \t]+(?:start[ \t]+|sub[ \t].*?[ \t]type[ \t]*=[ \t]*)([a-z][a-z0-9-]{0,29})\b/im;
  return asked.exec(body)?.[1]?.toLowerCase() ?? '';
}
