/** A reply is said once: its key stands in the comment, and a comment that has it is not written again. */
import { digest } from '../../model/digest.ts';
import type { GitHubEffect } from '../../model/effect.ts';
import type { SubjectFacts } from '../../model/facts.ts';
import type { Say } from './move.ts';

export function sayEffects(says: readonly Say[], subject: SubjectFacts): GitHubEffect[] {
  return says.flatMap((say) => {
    const mark = `<!-- playcaller:reply ${markOf(say.key)} -->`;
    if (subject.comments.some((comment) => comment.ours && comment.body.includes(mark))) return [];
    const remember = say.role === undefined ? null : { number: subject.number, role: say.role };
    return [{ kind: 'comment.create', subjectId: subject.id, body: `${mark}\n${say.body}`, remember }];
  });
}

/** Labels follow the words that only this look has a reason for; what a role names is missed, and said, by every later one. */
export function afterWords(said: readonly GitHubEffect[], effects: readonly GitHubEffect[]): GitHubEffect[] {
  if (!said.some((effect) => effect.kind === 'comment.create' && effect.remember === null)) return [...effects];
  return effects.map((effect) =>
    effect.kind === 'labels.add' || effect.kind === 'labels.remove' ? { ...effect, explained: true } : effect,
  );
}

/** What nearly all keys are made of. Others hold a person's words, a label's say, of which nothing but a digest is shown. */
const PLAIN = /^[\w:.,/=+ -]{1,200}$/;

function markOf(key: string): string {
  const plain = PLAIN.test(key) ? key : `${key.split(/[^\w:]/, 1)[0]?.slice(0, 50)} ${digest(key)}`;
  return plain.replace(/-{2,}/g, '-');
}
