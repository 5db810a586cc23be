/** What `/session prompt` and `/session cost` answer to what was written wrongly, and their worklog lines (B4, B5). */
import { TIERS, type Tokens } from '../../model/pattern.ts';
import { cleanText, code } from '../markdown.ts';
import { tiersPhrase } from './phrases.ts';

export function unknownPattern(name: string, near: string | null, names: readonly string[]): string {
  const hint = near === null ? ` There are ${listed(names)}.` : ` Did you mean ${code(near)}?`;
  return `There is no prompt pattern ${code(name, 60)}.${hint}`;
}

export function unknownKey(key: string, near: string | null, ids: readonly string[]): string {
  if (near !== null) return `${code(key, 60)} is no variable of this pattern. Did you mean ${code(near)}?`;
  return `${code(key, 60)} is no variable of this pattern, which has ${listed(ids)}. If it belongs to the value before it, put that value in quotation marks.`;
}

export const twice = (id: string): string => `${code(id, 60)} is given twice.`;
export const unclosed = (key: string): string => `The quotation mark of ${code(key, 60)} is not closed.`;
export const stray = (text: string): string =>
  `${code(text, 60)} belongs to no variable: after the pattern's name come ${code('KEY=value')}, or lines ${code('KEY: value')} below.`;
export const tooLong = (characters: number, most: number): string =>
  `The filled prompt has ${characters} characters, and a comment takes ${most}. Shorten the longest value, or point to a file instead.`;

export const promptMade = (pattern: string): string => `prompt of the pattern ${cleanText(pattern, 50)}`;

export const noTiers = (): string => `Say how many tokens: at least one of ${TIERS.map((tier) => code(`${tier}=`)).join(', ')}.`;
export const badTokens = (tier: string, text: string): string =>
  `${code(tier)} must be a number of tokens such as ${code('800')}, ${code('1k')} or ${code('2.5m')}, not ${code(text, 40)}.`;
export const strayCost = (text: string): string =>
  `${code(text, 60)} is no figure; write ${code('planner=1k coder=0 validator=1k')}.`;
export const belowZero = (tier: string): string => `That would take back more than was told for ${code(tier)}.`;
export const tooManyCosts = (most: number): string => `This session has its ${most} entries of cost already.`;
export const costTold = (tokens: Tokens): string => `cost: ${tiersPhrase(tokens)} tokens`;

function listed(names: readonly string[]): string {
  return names.map((name) => code(name, 60)).join(', ');
}
