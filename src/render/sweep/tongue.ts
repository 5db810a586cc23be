/** The same words for GitHub and for a terminal: only emphasis, links and the user's own letters differ. */
import { cleanText, code, link, quoteText } from '../markdown.ts';
import { numberLink } from './board-row.ts';

export interface Tongue {
  /** What a user wrote, as one line of at most `max` code points. */
  say(text: string, max: number): string;
  /** Labels and other names that are typed as they stand. */
  code(text: string, max?: number): string;
  /** The bot's own words. */
  strong(words: string): string;
  /** `#12`. */
  ref(number: number, url?: string): string;
  /** The bot's own words, leading somewhere. */
  link(words: string, url: string): string;
}

export const MARKDOWN: Tongue = {
  say: quoteText,
  code: (text, max = 60) => code(text, max),
  strong: (words) => `**${words}**`,
  ref: (number, url = '') => numberLink(number, url),
  link,
};

export const PLAIN: Tongue = {
  say: cleanText,
  code: (text, max = 60) => cleanText(text, max),
  strong: (words) => words,
  ref: (number) => `#${number}`,
  link: (words) => words,
};
