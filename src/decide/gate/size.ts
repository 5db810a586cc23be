/** Gate item: small enough to be read, or its description says why not (G2). */
import { GATE_OPTIONS } from '../../config/gate-options.ts';
import type { FileFact } from '../../model/pull-facts.ts';
import type { ItemResult } from '../../model/verdict.ts';
import * as words from '../../render/gate/size.ts';
import { lackOf } from './description.ts';
import { isLockfile } from './file-kinds.ts';
import { pathMatcher } from './globs.ts';
import { readSections } from './sections.ts';
import { fail, type GateFacts, type GateItem, pass } from './types.ts';

export const size: GateItem = {
  id: 'size',
  title: words.title,
  defaultLevel: 'required',
  events: ['pull_request'],
  check,
};

function check({ pull, repo }: GateFacts, options: Record<string, unknown>): ItemResult {
  const { limit, ignore } = GATE_OPTIONS.size.parse(options);
  const ignored = pathMatcher(ignore);
  const isRead = ({ path }: FileFact) => !isLockfile(path) && !ignored(path);
  const read = pull.files.filter((file) => file.additions > 0 && isRead(file));
  const seen: words.Size = {
    added: read.reduce((sum, { additions }) => sum + additions, 0),
    limit,
    biggest: [...read].sort((a, b) => b.additions - a.additions || (a.path < b.path ? -1 : 1)),
    uncounted: pull.files.reduce((sum, file) => sum + (isRead(file) ? 0 : file.additions), 0),
    unlisted: Math.max(0, pull.filesTotal - pull.files.length),
  };
  // What GitHub does not list lies beyond 3,000 files: nobody calls that small.
  if (seen.added <= limit && seen.unlisted === 0) return pass(words.small(seen));
  const synonyms = GATE_OPTIONS.description.parse(repo.config.gate.items.description?.options ?? {}).sections;
  const lack = lackOf('size', readSections(pull.body, synonyms));
  return lack === null ? pass(words.explained(seen)) : fail(words.big(seen, lack), words.mend(lack));
}
