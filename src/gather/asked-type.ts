/** Which start label a comment may want to put on: asked for along with the facts, so that it need not be looked up. */

/** The first `/session start <type>` of the body; empty when there is none. */
export function askedType(body: string): string {
  return /^[ \t]*\/session[ \t]+start[ \t]+([a-z][a-z0-9-]{0,29})\b/im.exec(body)?.[1]?.toLowerCase() ?? '';
}
