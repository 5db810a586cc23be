/** Gate item: the description says what a reviewer and an operator need to know (G2, S2). */
import { GATE_OPTIONS } from '../../config/gate-options.ts';
import type { ItemResult } from '../../model/verdict.ts';
import * as words from '../../render/gate/description.ts';
import { hasRoom } from './add-sections.ts';
import { contentOf } from './section-content.ts';
import { readSections, type Section, type Synonyms } from './sections.ts';
import { fail, type GateFacts, type GateItem, pass } from './types.ts';

export const description: GateItem = {
  id: 'description',
  title: words.title,
  defaultLevel: 'required',
  events: ['pull_request'],
  check,
};

const ALWAYS: readonly words.SectionId[] = ['what', 'risk', 'testing', 'rollout', 'rollback'];
const BUG_FIX: readonly words.SectionId[] = ['what', 'rootCause', 'risk', 'testing', 'rollout', 'rollback'];

function check({ pull, session, playbook }: GateFacts, options: Record<string, unknown>): ItemResult {
  const synonyms: Synonyms = GATE_OPTIONS.description.parse(options).sections;
  const wanted = wantedSections(typeOf({ session, playbook }));
  const sections = readSections(pull.body, synonyms);
  const found = wanted.map((section) => ({ section, why: lackOf(section, sections) }));
  const missing = found.flatMap(({ section, why }) => (why === 'missing' ? [section] : []));
  const hollow = found.flatMap(({ section, why }) => (why === null || why === 'missing' ? [] : [{ section, why }]));
  if (missing.length + hollow.length === 0) return pass(words.complete(wanted));
  const failed = fail(words.incomplete(missing, hollow), words.mend(missing, hollow));
  return missing.length > 0 && hasRoom(pull.body, missing) ? { ...failed, button: 'sections' } : failed;
}

/** The session's type, or the built-in one at the end of its playbook's chain. */
export function typeOf({ session, playbook }: Pick<GateFacts, 'session' | 'playbook'>): string | undefined {
  return playbook?.base ?? playbook?.type ?? session?.session.type;
}

function wantedSections(type: string | undefined): readonly words.SectionId[] {
  return type === 'bug-fix' ? BUG_FIX : ALWAYS;
}

/** Sections that the description lacks, heading and all, in the order in which they are asked for (G6). */
export function missingSections(body: string, synonyms: Synonyms, type: string | undefined): words.SectionId[] {
  const sections = readSections(body, synonyms);
  return wantedSections(type).filter((section) => lackOf(section, sections) === 'missing');
}

/** Why a section does not count; null when it does. Of several with the same name the filled one counts. */
export function lackOf(section: words.SectionId, sections: readonly Section[]): words.Emptiness | 'missing' | null {
  const found = sections.filter(({ ids }) => ids.includes(section)).map(({ nodes }) => contentOf(section, nodes));
  const [first = 'missing'] = found;
  return first === 'content' || found.includes('content') ? null : first;
}
