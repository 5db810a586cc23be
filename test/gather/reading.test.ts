/** GraphQL's partial answers sorted: what may be missing, what is gone, and what we are not allowed to see. */
import { describe, expect, it } from 'vitest';
import { dataOf } from '../../src/gather/reading.ts';
import { Broken, Gone, type GraphqlFault, Refused } from '../../src/github/errors.ts';

const MAY_MISS = ['ownerHome', 'known'];
const MAY_BE_GONE = ['repository.thing'];
const CHECKS = 'repository.thing.headCommit.nodes.0.commit.statusCheckRollup.contexts.nodes';
const here = { repository: { id: 'R_1' } };

const fault = (type: string | null, path: string): GraphqlFault => ({ type, path, message: 'no' });
const read = (data: { repository: unknown } | null, ...errors: GraphqlFault[]) => dataOf({ data, errors }, MAY_MISS, MAY_BE_GONE);

describe('dataOf', () => {
  it.each([
    ['nothing wrong', []],
    ['the owner has no .github repository', [fault('NOT_FOUND', 'ownerHome')]],
    ['its .github repository is not ours to see', [fault('FORBIDDEN', 'ownerHome')]],
    ['a remembered comment was deleted', [fault('NOT_FOUND', 'known.1')]],
    ['the thing is not there', [fault('NOT_FOUND', 'repository.thing')]],
    ["another repository's issue", [fault('FORBIDDEN', 'repository.thing.closingIssuesReferences.nodes.0')]],
    ['a single check', [fault('FORBIDDEN', `${CHECKS}.3`)]],
    ['workflows, where nobody granted `actions`', [fault('FORBIDDEN', `${CHECKS}.3.checkSuite.workflowRun`)]],
    ['the same of a run that waits', [fault('FORBIDDEN', 'repository.thing.headCommit.nodes.0.commit.held.nodes.0.workflowRun')]],
  ])('%s: the rest is read', (_name, errors) => {
    expect(read(here, ...errors)).toBe(here);
  });

  it.each<[string, GraphqlFault[], unknown]>([
    ['the repository is gone', [fault('NOT_FOUND', 'repository')], Gone],
    ['the repository is gone, and .github too', [fault('NOT_FOUND', 'ownerHome'), fault('NOT_FOUND', 'repository')], Gone],
    ['no permission for the repository', [fault('FORBIDDEN', 'repository')], Refused],
    ['no permission for the thing, which is not its end', [fault('FORBIDDEN', 'repository.thing')], Refused],
    ['no permission for its checks, which are not none', [fault('FORBIDDEN', 'repository.thing.statusCheckRollup')], Refused],
    ['a label that only begins alike', [fault('NOT_FOUND', 'knownLabel')], Broken],
    ['a mistake in the query', [fault(null, '')], Broken],
  ])('%s', (_name, errors, kind) => {
    expect(() => read({ repository: null }, ...errors)).toThrow(expect.any(kind));
  });

  it('null without a word is gone, no data at all is a fault', () => {
    expect(() => read({ repository: null })).toThrow(expect.any(Gone));
    expect(() => read(null)).toThrow(expect.any(Broken));
  });
});
