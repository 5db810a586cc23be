/** A reply is said once: its key stands in the comment, and a comment that has it is not written again. */
import type { GitHubEffect } from '../../model/effect.ts';
import type { SubjectFacts } from '../../model/facts.ts';
import type { Say } from './move.ts';

export function sayEffects(says: readonly Say[], subject: SubjectFacts): GitHubEffect[] {
  return says.flatMap((say) => {
    const mark = `<!-- playcaller:reply ${say.key.replace(/-{2,}|[<>\n]/g, '-')} -->`;
    if (subject.comments.some((comment) => comment.ours && comment.body.includes(mark))) return [];
    const remember = say.role === undefined ? null : { number: subject.number, role: say.role };
    return [{ kind: 'comment.create', subjectId: subject.id, body: `${mark}\n${say.body}`, remember }];
  });
}
