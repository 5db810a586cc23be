/** Ideas in their order, and where each belongs: S0 puts the best three into the backlog, the next five into the incubator. */
import { BACKLOG_IDEAS, type Idea, INCUBATOR_IDEAS } from '../../model/records.ts';

export type Place = 'backlog' | 'incubator' | 'rejected';

export interface RankedIdea {
  /** Its number in the session, from 1: it stays whatever its rank. */
  number: number;
  /** I × C × E ÷ 100: 0.01 to 10. */
  score: number;
  place: Place;
  idea: Idea;
}

export function iceScore({ impact, confidence, effort }: Pick<Idea, 'impact' | 'confidence' | 'effort'>): number {
  return Math.round(impact * confidence * effort) / 100;
}

/** Best first; of equals, the one said first. */
export function rankIdeas(ideas: readonly Idea[]): RankedIdea[] {
  return ideas
    .map((idea, at) => ({ number: at + 1, score: iceScore(idea), idea }))
    .sort((a, b) => b.score - a.score || a.number - b.number)
    .map((ranked, rank) => ({ ...ranked, place: placeOf(rank) }));
}

function placeOf(rank: number): Place {
  if (rank < BACKLOG_IDEAS) return 'backlog';
  return rank < BACKLOG_IDEAS + INCUBATOR_IDEAS ? 'incubator' : 'rejected';
}
