/** Finds a description's sections by their headings: any level, synonyms, several names in one heading. */
import type { RootContent } from 'mdast';
import { toString as textOf } from 'mdast-util-to-string';
import type { SectionId } from '../../render/gate/description.ts';
import { parseMarkdown } from '../markdown.ts';

export type Synonyms = Partial<Record<SectionId, readonly string[]>>;

export interface Section {
  /** `## Rollout and rollback` is two. */
  ids: SectionId[];
  nodes: RootContent[];
}

/** A final ` *` lets the heading go on: `testing *` also finds "Testing done". */
const NAMES: Record<SectionId, readonly string[]> = {
  what: [
    'what *',
    'why *',
    'what and why *',
    'summary *',
    'description',
    'overview',
    'motivation',
    'context',
    'background',
    'change',
    'changes *',
    'purpose',
    'problem *',
    'goal',
    'tl dr',
    'tldr',
  ],
  rootCause: ['root cause *', 'cause', 'rca', 'why it happened', 'why it broke'],
  risk: ['risk *', 'risks *', 'impact *', 'blast radius'],
  testing: [
    'testing *',
    'tests *',
    'test plan *',
    'tested',
    'how tested',
    'how was this tested *',
    'how has this been tested *',
    'how to test *',
    'how i tested *',
    'how it was tested *',
    'verification *',
    'validation',
    'qa',
    'quality assurance',
    'proof',
    'evidence',
  ],
  rollout: [
    'rollout *',
    'roll out *',
    'deployment *',
    'deploy',
    'deploying',
    'release',
    'release plan',
    'releasing',
    'launch plan',
    'feature flag',
    'feature flags',
  ],
  rollback: [
    'rollback *',
    'roll back *',
    'rolling back',
    'revert',
    'revert plan',
    'reverting',
    'how to revert *',
    'backout *',
    'back out *',
    'undo',
  ],
};

const IDS: readonly SectionId[] = ['rootCause', 'what', 'risk', 'testing', 'rollout', 'rollback'];

/**
 * A section goes to the next heading of its level or above, or to the next heading that names a section:
 * `# Summary` with nothing but `## Risk` below it is empty. Headings in quotes, lists
 * and fences are none; a heading below a section only divides it.
 */
export function readSections(body: string, synonyms: Synonyms): Section[] {
  const sections: Section[] = [];
  const known = new Map<string, SectionId[]>();
  let open: { section: Section; depth: number } | null = null;
  for (const node of parseMarkdown(shallow(body)).children) {
    if (node.type !== 'heading') {
      open?.section.nodes.push(node);
      continue;
    }
    const heading = textOf(node).slice(0, 200);
    const ids = known.get(heading) ?? sectionsOf(heading, synonyms);
    known.set(heading, ids);
    if (ids.length > 0) {
      open = { section: { ids, nodes: [] }, depth: node.depth };
      sections.push(open.section);
    } else if (open && node.depth <= open.depth) {
      open = null;
    }
  }
  return sections;
}

/** GitHub takes 65,536 characters; thousands of `>` in a line, or of blanks before it, would keep the parser busy for seconds. */
function shallow(body: string): string {
  return body
    .slice(0, 65_536)
    .replace(/^(?:[ \t]*(?:>|[-*+]|\d{1,9}[.)])){20,}/gm, '')
    .replace(/^[ \t]{60,}/gm, ' '.repeat(60));
}

function sectionsOf(heading: string, synonyms: Synonyms): SectionId[] {
  const name = plain(heading);
  const whole = IDS.filter((id) => names(id, synonyms).some((candidate) => matches(name, candidate)));
  const parts = heading.split(/[&,/+]|\band\b/i).map(plain);
  const apart = IDS.filter((id) =>
    parts.some((part) => part !== '' && names(id, synonyms).some((candidate) => matches(part, candidate))),
  );
  // "What and why" is one section, "Testing and rollback" two.
  return apart.length > whole.length ? apart : whole;
}

function names(id: SectionId, synonyms: Synonyms): string[] {
  return [...NAMES[id], ...(synonyms[id] ?? []).map(plain)];
}

function matches(name: string, candidate: string): boolean {
  if (!candidate.endsWith(' *')) return name === candidate;
  const stem = candidate.slice(0, -2);
  return name === stem || name.startsWith(`${stem} `);
}

/** Lower case, without numbering, emoji and punctuation. */
function plain(text: string): string {
  return text
    .slice(0, 200)
    .toLowerCase()
    .replace(/:[a-z0-9_+-]+:/g, ' ')
    .replace(/&/g, ' and ')
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/^(?:\d+ )+/, '');
}
