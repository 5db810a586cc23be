/** Placeholders of a prompt pattern: `[NAME]`, in capitals, two letters at least, so that a ticked `[X]` is none (B4). */

/** A name as it stands between the brackets. */
export const VARIABLE_ID = /^[A-Z][A-Z0-9_]{1,29}$/;

const PLACEHOLDER = /\[([A-Z][A-Z0-9_]{1,29})\]/g;

/** The placeholders of a text in order, each as often as it stands there. */
export function placeholdersOf(text: string): { id: string; at: number }[] {
  return [...text.matchAll(PLACEHOLDER)].map((match) => ({ id: match[1] ?? '', at: match.index }));
}

/** Puts `value(id)` in each placeholder's place; null leaves it as it is. What is put in is not looked at again. */
export function replacePlaceholders(text: string, value: (id: string) => string | null): string {
  return text.replace(PLACEHOLDER, (whole, id: string) => value(id) ?? whole);
}
