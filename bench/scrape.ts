/** Reads figures from an app's `/metrics`. */

export interface Scraped {
  /** The sum over all labels; 0 when there is none. */
  sum(name: string): number;
}

export function readMetrics(text: string): Scraped {
  const sums = new Map<string, number>();
  for (const line of text.split('\n')) {
    const [, name, value] = /^([a-zA-Z_:][\w:]*)(?:\{.*\})? (\S+)$/.exec(line) ?? [];
    if (name !== undefined) sums.set(name, (sums.get(name) ?? 0) + Number(value));
  }
  return { sum: (name) => sums.get(name) ?? 0 };
}

/** @param origin of the app. @throws when it does not answer */
export async function scrape(origin: string): Promise<Scraped> {
  const answer = await fetch(`${origin}/metrics`);
  return readMetrics(await answer.text());
}
