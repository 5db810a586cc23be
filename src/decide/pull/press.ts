/** What a pressed button of the check run does to the pull request itself (G6). */
import { GATE_OPTIONS } from '../../config/gate-options.ts';
import type { GitHubEffect } from '../../model/effect.ts';
import type { LaneFacts } from '../../model/lane-facts.ts';
import type { ChangeInput } from '../../model/trigger.ts';
import { addSections } from '../gate/add-sections.ts';
import { missingSections, typeOf } from '../gate/description.ts';
import { levelOf } from '../gate/level.ts';
import { playbookOf } from '../session/view.ts';

export interface Pressed {
  /** As they are after it: our own edit comes back as no event, so the verdict is made of it at once. */
  facts: LaneFacts;
  github: GitHubEffect[];
}

/** "Add sections": the missing headings go to the end of the description. Pressed twice, it adds nothing the second time. */
export function press(facts: LaneFacts, changes: readonly ChangeInput[]): Pressed {
  const { pull, repo } = facts;
  const idle = { facts, github: [] };
  if (pull?.state !== 'open' || !changes.some(({ button }) => button === 'sections')) return idle;
  const session = facts.own ?? facts.served;
  const playbook = session ? playbookOf(session.session, repo) : null;
  if (levelOf('description', { repo, playbook }) === 'off') return idle;
  const { sections } = GATE_OPTIONS.description.parse(repo.config.gate.items.description?.options ?? {});
  const body = addSections(pull.body, (text) => missingSections(text, sections, typeOf({ session, playbook })));
  if (body === null) return idle;
  return { facts: { ...facts, pull: { ...pull, body } }, github: [{ kind: 'pull.update', pullId: pull.id, body }] };
}
