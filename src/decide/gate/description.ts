/** Gate item: the description says what a reviewer and an operator need to know (G2, S2). */
import { GATE_OPTIONS } from '../../config/gate-options.ts';
import type { ItemResult } from '../../model/verdict.ts';
import * as words from '../../render/gate/description.ts';
import { contentOf } from './section-content.ts';
import { readSections, type Synonyms } from './sections.ts';
import { fail, type GateFacts, type GateItem, pass } from './types.ts';

export const description: GateItem = { id: 'description', title: words.title, defaultLevel: 'required', check };

const ALWAYS: readonly words.SectionId[] = ['what', 'risk', 'testing', 'rollout', 'rollback'];
const BUG_FIX: readonly words.SectionId[] = ['what', 'rootCause', 'risk', 'testing', 'rollout', 'rollback'];

function check({ pull, session, playbook }: GateFacts, options: Record<string, unknown>): ItemResult {
  const synonyms: Synonyms = GATE_OPTIONS.description.parse(options).sections;
  const type = playbook?.base ?? playbook?.type ?? session?.session.type;
  const wanted = type === 'bug-fix' ? BUG_FIX : ALWAYS;
  const sections = readSections(pull.body, synonyms);
  const missing: words.SectionId[] = [];
  const hollow: words.Hollow[] = [];
  for (const section of wanted) {
    const found = sections.filter((other) => other.ids.includes(section)).map((other) => contentOf(section, other.nodes));
    const [first] = found;
    if (first === undefined) missing.push(section);
    else if (!found.includes('content') && first !== 'content') hollow.push({ section, why: first });
  }
  if (missing.length + hollow.length === 0) return pass(words.complete(wanted));
  return fail(words.incomplete(missing, hollow), words.mend(missing, hollow));
}
