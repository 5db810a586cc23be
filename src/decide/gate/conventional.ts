/** Reads a Conventional Commits header, and guesses what a title that is none was meant to be. */
import { CommitParser } from 'conventional-commits-parser';
import type { TitleFault } from '../../render/gate/title.ts';

const parser = new CommitParser({
  headerPattern: /^(\w[\w-]*)(?:\(([^()]+)\))?(!)?: +(\S.*)$/,
  headerCorrespondence: ['type', 'scope', 'breaking', 'subject'],
});

/** Type and scope stand at the beginning; the parser's search for references takes the cube of what it is given. */
const MAX_PARSED = 150;

export type Header = { type: string } | { fault: TitleFault };

/** Types are read in any case, as the Conventional Commits specification asks. `text`: the first line counts. */
export function readHeader(text: string, types: readonly string[]): Header {
  const header = firstLine(text);
  if (header === '') return { fault: { kind: 'empty' } };
  if (/^(?:fixup|squash|amend)! /.test(header) || UNFINISHED.test(header)) return { fault: { kind: 'unfinished' } };
  const { type } = parser.parse(header.slice(0, MAX_PARSED));
  if (type) {
    const known = types.find((other) => other.toLowerCase() === type.toLowerCase());
    return known === undefined ? { fault: { kind: 'unknown-type', type } } : { type: known };
  }
  const nearly = loose(header);
  return { fault: { kind: nearly && typeOf(nearly.word, types) !== null ? 'form' : 'no-type' } };
}

/** First line, the longest that git hosts show. */
export function firstLine(text: string): string {
  return (text.slice(0, 1000).split(/\r\n|\r|\n/, 1)[0] ?? '').trim();
}

const UNFINISHED = /^(?:\[\s*(?:wip|draft)\s*\]|(?:wip|draft)\b\s*[:\-–])/i;

/** `feature: x`, `[fix] x`, `fix:x`, `fix - x`: a word that stands as a type, in whatever dress. */
function loose(header: string): { word: string; scope: string; breaking: string; subject: string } | null {
  const match =
    /^(\w[\w-]*)\s*(\([^()]+\))?\s*(!?)\s*:\s*(\S.*)$/.exec(header) ??
    /^[[(](\w[\w-]*)[\])]\s*()()[:-]?\s*(\S.*)$/.exec(header) ??
    /^(\w[\w-]*)()()\s+[-–—|/]\s+(\S.*)$/.exec(header);
  if (!match) return null;
  const [, word = '', scope = '', breaking = '', subject = ''] = match;
  return { word, scope: scope.replace(/\s/g, ''), breaking, subject };
}

/** Words that people write for a type. Verbs among them open a sentence as well. */
const MEANT: Record<string, readonly string[]> = {
  feat: [
    'feature',
    'features',
    'feats',
    'add',
    'adds',
    'added',
    'adding',
    'implement',
    'implements',
    'implemented',
    'introduce',
    'introduces',
    'support',
  ],
  fix: [
    'fixes',
    'fixed',
    'fixing',
    'bug',
    'bugfix',
    'bug-fix',
    'hotfix',
    'repair',
    'repairs',
    'resolve',
    'resolves',
    'correct',
    'corrects',
    'mend',
    'prevent',
  ],
  docs: ['doc', 'documentation', 'document', 'documents', 'readme'],
  refactor: ['refactoring', 'refactored', 'refactors', 'simplify', 'extract', 'restructure'],
  perf: ['performance', 'speedup', 'optimise', 'optimize', 'optimised', 'optimized'],
  test: ['tests', 'testing'],
  chore: ['chores', 'bump', 'bumps', 'upgrade', 'housekeeping'],
  style: ['styles', 'format', 'formatting'],
  revert: ['reverts'],
  build: ['builds'],
};

/** Sentences may begin with these; the noun that names a type may not (`test accounts expire`). */
const VERBS =
  /^(?:add|implement|introduce|fix|repair|resolve|correct|mend|prevent|document|refactor|simplify|extract|restructure|optimi[sz]e|bump|upgrade|revert)/;

function typeOf(word: string, types: readonly string[]): string | null {
  const lower = word.toLowerCase();
  const meant = types.includes(lower) ? lower : Object.keys(MEANT).find((type) => MEANT[type]?.includes(lower));
  return meant !== undefined && types.includes(meant) ? meant : null;
}

/** Of a session's type, the commit type that its work usually has. */
const BY_SESSION: Record<string, string> = {
  feature: 'feat',
  'module-integration': 'feat',
  'bug-fix': 'fix',
  documentation: 'docs',
  refactoring: 'refactor',
  performance: 'perf',
};

const VAGUE =
  /^(?:(?:some|the|a|an|few|more|various|minor|small|all|my|it|stuff|things?|bugs?|issues?|updates?|changes?|work|code|problems?|errors?|tests?|please)[\s.,!]*)+$/i;

/** A title in the right form where the intent is plain; null where it would be a guess. Never invents a scope. */
export function suggestTitle(text: string, types: readonly string[], sessionType: string | null): string | null {
  const header = firstLine(text)
    .replace(UNFINISHED, '')
    .replace(/^(?:fixup|squash|amend)! /, '')
    .trim();
  if (header === '') return null;
  const reverted = /^Revert "(.+)"$/.exec(header);
  if (reverted) return types.includes('revert') ? `revert: ${reverted[1]}` : null;
  if ('type' in readHeader(header, types)) return header;
  const dressed = loose(header);
  if (dressed) {
    const type = typeOf(dressed.word, types);
    return type === null ? null : whole(`${type}${dressed.scope}${dressed.breaking}`, dressed.subject);
  }
  const [, verb = '', rest = ''] = /^(\w[\w-]*)\s+(\S.*)$/.exec(header) ?? [];
  const type = VERBS.test(verb.toLowerCase()) ? typeOf(verb, types) : null;
  if (type !== null) return whole(type, type === 'fix' ? rest : `${verb.toLowerCase()} ${rest}`, rest);
  const bySession = sessionType === null ? undefined : BY_SESSION[sessionType];
  return bySession !== undefined && types.includes(bySession) && rest !== '' ? whole(bySession, header) : null;
}

function whole(prefix: string, subject: string, telling = subject): string {
  return `${prefix}: ${VAGUE.test(telling) ? '<what changes, in a few words>' : subject.replace(/\.$/, '')}`;
}
