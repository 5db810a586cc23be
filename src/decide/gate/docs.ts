/** Gate item: what people see does not change without a word in the documentation (G2). */
import { GATE_OPTIONS } from '../../config/gate-options.ts';
import type { FileFact, PullFacts } from '../../model/pull-facts.ts';
import type { ItemResult } from '../../model/verdict.ts';
import * as words from '../../render/gate/docs.ts';
import { codeKindsOf, gainsLines } from './code-kinds.ts';
import { firstLine, readHeader } from './conventional.ts';
import { pathMatcher } from './globs.ts';
import { fail, type GateFacts, type GateItem, notApplicable, pass, waiting } from './types.ts';

export const docs: GateItem = { id: 'docs', title: words.title, defaultLevel: 'advisory', events: ['pull_request'], check };

function check({ pull, repo }: GateFacts, options: Record<string, unknown>): ItemResult {
  const globs = GATE_OPTIONS.docs.parse(options);
  const { isTest } = codeKindsOf(repo);
  const [isBehaviour, isIgnored, hasDocs] = [globs.behaviour, globs.ignore, globs.docs].map(pathMatcher);
  const isDoc = (path: string) => !isTest(path) && hasDocs?.(path) === true;
  const sees = (path: string) => !isTest(path) && !isDoc(path) && isIgnored?.(path) === false && isBehaviour?.(path) === true;
  const behaviour = pull.files.filter((file) => changes(file) && [file.path, file.previousPath ?? file.path].some(sees));
  const unlisted = pull.filesTotal > pull.files.length;
  if (behaviour.length === 0 && !unlisted) return notApplicable(words.noBehaviour);
  const kind = kindOf(pull, repo.config.gate.items.title?.options ?? {});
  const written = pull.files.filter((file) => isDoc(file.path) && gainsLines(file)).map(({ path }) => path);
  if (kind.wants === 'no') return notApplicable(words.notAsked(kind.type));
  if (written.length > 0) return pass(words.written(written));
  if (unlisted) return fail(words.unlisted(pull.files.length, pull.filesTotal), words.mendUnlisted);
  // Until the title says what kind of change it is, nobody knows whether documentation is asked for.
  if (kind.wants === 'unknown') return waiting(words.unknownKind, words.mendTitle, words.titleFirst);
  const paths = behaviour.map(({ path }) => path);
  return fail(words.missing(paths, kind.wants), words.mend);
}

/** Moved with not a line changed: nobody sees a difference. */
function changes({ change, additions, deletions }: FileFact): boolean {
  return change === 'added' || change === 'removed' || additions + deletions > 0;
}

type Kind = { wants: 'feature' | 'breaking' | 'unknown' } | { wants: 'no'; type: string };

function kindOf(pull: PullFacts, titleOptions: Record<string, unknown>): Kind {
  if (isBreaking(pull)) return { wants: 'breaking' };
  const header = readHeader(pull.title, GATE_OPTIONS.title.parse(titleOptions).types);
  if ('fault' in header) return { wants: 'unknown' };
  return /^feat(?:ure)?$/i.test(header.type) ? { wants: 'feature' } : { wants: 'no', type: header.type };
}

/** Conventional Commits 1.0.0, rules 11 to 13, 15 and 16: `feat!: …`, or a footer in capitals that says what breaks. */
function isBreaking({ title, body }: PullFacts): boolean {
  const footer = /^BREAKING[ -]CHANGE: ?(?![Nn](?:one|o|\/[Aa])\b)\w/m;
  return /^[\w-]+(?:\([^()]*\))?!:/.test(firstLine(title)) || footer.test(body.slice(0, 65_536));
}
