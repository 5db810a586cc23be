/** Worklog lines of the special sessions; the card makes them safe. */
import { cleanText } from '../markdown.ts';

export const ideaNoted = (title: string, score: number): string => `idea: ${cleanText(title, 80)} (ICE ${score.toFixed(2)})`;
export const ideaPromoted = (title: string): string => `idea promoted to an issue: ${cleanText(title, 80)}`;
export const gapNoted = (gap: string, priority: string): string => `gap ${priority}: ${cleanText(gap, 100)}`;
export const measured = (metric: string, figures: string): string => `measured ${cleanText(metric, 60)}: ${figures}`;
export const joined = (producer: string, consumer: string): string =>
  `joint: ${cleanText(producer, 60)} to ${cleanText(consumer, 60)}`;
export const waived = (item: string, why: string, sticky: boolean): string =>
  `waived ${item}${sticky ? ' for good' : ''}: ${cleanText(why, 140)}`;
export const unwaived = (item: string): string => `waiver of ${item} taken back`;
