/** What a run cost and how it went, in a phrase (B5). */
import { TIERS, type Tokens } from '../../model/pattern.ts';
import { tokensPhrase } from '../../model/tokens.ts';

/** `planner 1k · coder 0 · validator 1.5k` */
export function tiersPhrase(tokens: Tokens): string {
  return TIERS.map((tier) => `${tier} ${tokensPhrase(tokens[tier])}`).join(' · ');
}

/** `3k tokens` */
export function totalPhrase(tokens: Tokens): string {
  const sum = TIERS.reduce((total, tier) => total + tokens[tier], 0);
  return `${tokensPhrase(sum)} ${sum === 1 ? 'token' : 'tokens'}`;
}

/** `20 min`, `2.5 h`, `3 d`: of the clock, nights and weekends included. */
export function timePhrase(hours: number): string {
  if (hours < 1) return `${Math.max(1, Math.round(hours * 60))} min`;
  if (hours < 48) return `${Number(hours.toFixed(hours < 10 ? 1 : 0))} h`;
  return `${Number((hours / 24).toFixed(hours < 240 ? 1 : 0))} d`;
}
