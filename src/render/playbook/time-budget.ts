/** Time budgets in words: `2–8 h`, `10–20 min`, `1–6 h` for a phase of 60 to 360 minutes. */

interface Range {
  min: number;
  max: number;
}

/** `hours` in hours. */
export function hoursPhrase(hours: Range): string {
  return `${span(hours)} h`;
}

/** `minutes` in minutes; whole and half hours are told in hours. */
export function minutesPhrase(minutes: Range): string {
  const inHours = minutes.min >= 60 && minutes.min % 30 === 0 && minutes.max % 30 === 0;
  return inHours ? hoursPhrase({ min: minutes.min / 60, max: minutes.max / 60 }) : `${span(minutes)} min`;
}

function span({ min, max }: Range): string {
  return min === max ? String(min) : `${min}–${max}`;
}
