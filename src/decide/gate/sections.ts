/** Finds a description's sections by their headings: any level, synonyms, several names in one heading. */
import type { RootContent } from 'mdast';
import { toString as textOf } from 'mdast-util-to-string';
import type { SectionId } from '../../render/gate/description.ts';
import { parseMarkdown } from '../markdown.ts';
import { SECTION_NAMES } from './section-names.ts';

export type Synonyms = Partial<Record<SectionId, readonly string[]>>;

export interface Section {
  /** `## Rollout and rollback` is two. */
  ids: SectionId[];
  nodes: RootContent[];
}

const IDS: readonly SectionId[] = ['rootCause', 'what', 'risk', 'testing', 'rollout', 'rollback', 'size'];

/** Several items read the same description. */
let last: { body: string; blocks: readonly RootContent[] } | null = null;

/**
 * A section goes to the next heading of its level or above, or to the next heading that names a section:
 * `# Summary` with nothing but `## Risk` below it is empty. Headings in quotes, lists
 * and fences are none; a heading below a section only divides it.
 */
export function readSections(body: string, synonyms: Synonyms): Section[] {
  const sections: Section[] = [];
  const known = new Map<string, SectionId[]>();
  let open: { section: Section; depth: number } | null = null;
  if (last?.body !== body) last = { body, blocks: parseMarkdown(shallow(body)).children };
  for (const node of last.blocks) {
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
  const whole = named(name, synonyms);
  const parts = heading.split(/[&,/+]|\band\b/i).map(plain);
  const found = new Set(parts.flatMap((part) => (part === '' ? [] : named(part, synonyms))));
  const apart = IDS.filter((id) => found.has(id));
  // "What and why" is one section, "Testing and rollback" two.
  return apart.length > whole.length ? apart : whole;
}

/** "Why so big" is the size's, although "why" is enough for what and why. */
function named(name: string, synonyms: Synonyms): SectionId[] {
  const ids = IDS.filter((id) => names(id, synonyms).some((candidate) => matches(name, candidate)));
  return ids.includes('size') ? ids.filter((id) => id !== 'what') : ids;
}

function names(id: SectionId, synonyms: Synonyms): string[] {
  return [...SECTION_NAMES[id], ...(synonyms[id] ?? []).map(plain)];
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
