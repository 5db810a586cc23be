/** What a restored session says of itself where its card could not be read. */

export const restored = (): string => 'put together again from what GitHub shows; its card could not be read';
export const restoredLog = (): string =>
  'restored without its card: dates and the worklog before this line may differ from what was';
