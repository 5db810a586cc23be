/** Makes GitHub show the session as it is: labels, branch, card, playbook, record. Only differences become effects. */
import type { GitHubEffect, LedgerEffect } from '../../model/effect.ts';
import type { CommentFact } from '../../model/facts.ts';
import type { LaneFacts } from '../../model/lane-facts.ts';
import { playbookComment } from '../../render/playbook/playbook-comment.ts';
import { personaComment } from '../../render/session/persona-comment.ts';
import { readTicks } from '../progress.ts';
import { issueEffects } from '../special/made-issues.ts';
import { reportsOf } from '../special/reports.ts';
import { labelEffects } from './labels.ts';
import type { Advance, Context } from './move.ts';
import { personaRole, personasToPost } from './personas.ts';
import { artefactComment } from './refresh.ts';
import { cardBody, playbookOf, recordBody, type Shown } from './view.ts';

export interface Presentation {
  github: GitHubEffect[];
  ledger: LedgerEffect[];
  /** Only once GitHub has taken its part. */
  after: LedgerEffect[];
}

export function present(result: Advance, shown: Shown, { facts, ask }: Context): Presentation {
  const { session } = result;
  const { subject, repo, own } = facts;
  const effects: Presentation = { github: labelEffects(session, subject, repo), ledger: [], after: [] };
  effects.github.push(...branchEffects(result, facts));
  put('card', cardBody(shown, repo, facts.slots));
  const playbook = playbookOf(session, repo);
  if (playbook) {
    const comment = artefactComment(facts, own, 'playbook');
    const body = playbookComment(playbook, new Set(session.ticks), session);
    // Ticks are people's: their comment is only written again when steps changed or a tick was lost.
    if (comment === null || result.tickLost || stepsOf(comment.body) !== stepsOf(body)) put('playbook', body);
  }
  for (const persona of personasToPost(result, facts, ask)) put(personaRole(persona.name), personaComment(persona), true);
  for (const { role, body } of facts.glance ? [] : reportsOf(session, facts)) put(role, body);
  const issues = issueEffects(session, facts);
  effects.github.push(...issues.github);
  effects.ledger.push(...issues.ledger);
  effects.after = issues.after;
  if (session.state === 'completed') put('record', recordBody(shown, repo), true);
  return effects;

  function put(role: string, body: string, once = false): void {
    const comment = artefactComment(facts, own, role);
    if (comment) remember(role, comment);
    if (comment && (once || comment.body === body)) return;
    effects.github.push(
      comment
        ? { kind: 'comment.update', commentId: comment.id, body }
        : { kind: 'comment.create', subjectId: subject.id, body, remember: { number: session.number, role } },
    );
  }

  function remember(role: string, comment: CommentFact): void {
    if (own?.artefacts[role] === comment.id) return;
    effects.ledger.push({ kind: 'artefact.remember', repo: repo.name, number: session.number, role, id: comment.id });
  }
}

/** Which steps a playbook comment shows, in order, and of which version of the playbook. */
function stepsOf(body: string): string {
  const version = /<!-- playbook:([^\s>]+) -->/.exec(body)?.[1] ?? '';
  return `${version} ${readTicks(body).steps.join(' ')}`;
}

function branchEffects({ session, moves }: Advance, facts: LaneFacts): GitHubEffect[] {
  const { repo, subject } = facts;
  if (session.onPull) return [];
  if (session.state === 'active' && subject.branch === null && repo.config.branches.create && repo.defaultBranch) {
    const served = subject.pulls.length > 0;
    const startsNow = moves.some((move) => move.to === 'active');
    // Once a pull request serves it, a missing branch was deleted on purpose.
    if (served && !startsNow) return [];
    return [{ kind: 'branch.create', repoId: repo.id, name: session.branch, sha: repo.defaultBranch.sha }];
  }
  const evidence = session.evidence;
  if (
    session.state !== 'completed' ||
    evidence?.kind !== 'merged' ||
    subject.branch === null ||
    !repo.config.branches.deleteMerged
  )
    return [];
  // Commits that came after the merge are somebody's work: the branch stays then.
  const nothingNew = subject.branch.sha === evidence.headSha || subject.branch.sha === repo.defaultBranch?.sha;
  return nothingNew ? [{ kind: 'branch.delete', refId: subject.branch.id, name: session.branch }] : [];
}
