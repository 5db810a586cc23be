/** Reads the line by which a pull request names its session. */

/** The id in a line `Session: <id>` of the body, outside of comments; null when there is none. */
export function sessionLine(body: string): string | null {
  const plain = body.replace(/<!--[\s\S]*?-->/g, '');
  return (
    /^[ \t]*(?:[-*][ \t]+)?\**Session:?\**:?[ \t]+`?(?:session\/)?(\d{4}-\d{2}-\d{2}-[a-z0-9-]+)`?[ \t]*\r?$/im.exec(
      plain,
    )?.[1] ?? null
  );
}
