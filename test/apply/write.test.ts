/** Writing to the sandbox: each result for itself, and what a refusal means. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outcomeOf, throwFaults } from '../../src/apply/outcome.ts';
import { type Written, write } from '../../src/apply/write.ts';
import { Broken, type GraphqlFault, Refused, Unavailable } from '../../src/github/errors.ts';
import type { GitHubClient, GraphqlAnswer } from '../../src/github/types.ts';
import type { GitHubEffect } from '../../src/model/effect.ts';
import { ofEach } from './effects.ts';
import { SHOP, type Stage, setStage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.close());

const comment = (subjectId: string, body: string): GitHubEffect => ({
  kind: 'comment.create',
  subjectId,
  body,
  remember: null,
});

async function bodies(issue: number): Promise<string[]> {
  const { data } = await stage.alice.rest.issues.listComments({ ...SHOP, issue_number: issue, per_page: 100 });
  return data.map(({ body }) => body ?? '');
}

describe('write', () => {
  it('keeps each result for itself: one fails, the others stand and are known by their ids', async () => {
    const { id, number } = await stage.issue();
    const written = await write(stage.client, [comment(id, 'one'), comment('I_nowhere', 'two'), comment(id, 'three')], new Map());
    expect(await bodies(number)).toEqual(['one', 'three']);
    const { data } = await stage.alice.rest.issues.listComments({ ...SHOP, issue_number: number });
    expect(written.map((one) => one.id)).toEqual([data[0]?.node_id, null, data[1]?.node_id]);
    expect(written.map((one) => one.fault?.type ?? null)).toEqual([null, 'NOT_FOUND', null]);
    expect(written.map(outcomeOf)).toEqual(['fine', 'look-again', 'fine']);
  });

  it('keeps the order over several requests', async () => {
    const { id, number } = await stage.issue();
    const wanted = Array.from({ length: 25 }, (_, index) => `comment ${index}`);
    await stage.calls();
    const written = await write(
      stage.client,
      wanted.map((body) => comment(id, body)),
      new Map(),
    );
    expect(await stage.calls()).toEqual(['Apply', 'Apply']);
    expect(await bodies(number)).toEqual(wanted);
    expect(new Set(written.map((one) => one.id)).size).toBe(wanted.length);
  });

  it('knows the id of an issue, a label and a check run that it made', async () => {
    const main = await stage.alice.rest.git.getRef({ ...SHOP, ref: 'heads/main' });
    const { repoId } = stage;
    const [check] = ofEach['check.create'];
    if (!check) throw new Error('there is one');
    const written = await write(
      stage.client,
      [
        { kind: 'label.create', repoId, name: 'made', color: 'ffffff', description: '' },
        { kind: 'issue.create', repoId, title: 'Made', body: '', labels: [], remember: { number: 0, role: 'tracker' } },
        { ...check, repoId, output: { ...check.output, headSha: main.data.object.sha } },
      ],
      new Map(),
    );
    expect(written.map(({ id }) => id?.split('_')[0])).toEqual(['LA', 'I', 'CR']);
  });

  it('a request that was refused as a whole is no result at all', async () => {
    const [again, mistake, empty] = await Promise.all(
      [
        { data: null, errors: [{ type: 'FORBIDDEN', path: '', message: 'Resource not accessible' }] },
        { data: null, errors: [{ type: null, path: '', message: 'Variable $i0 was provided invalid value' }] },
        { data: null, errors: [] },
      ].map((answer) => write(answering(answer), [comment('I_1', 'one')], new Map()).catch((error: unknown) => error)),
    );
    expect(again).toBeInstanceOf(Refused);
    expect(mistake).toBeInstanceOf(Broken);
    expect(empty).toBeInstanceOf(Unavailable);
  });
});

function answering(answer: { data: null; errors: GraphqlFault[] }): GitHubClient {
  return {
    graphql: async <T>(): Promise<GraphqlAnswer<T>> => answer,
    rest: async () => {
      throw new Error('not asked for');
    },
  };
}

describe('what a refusal means, in the words that GitHub has for it', () => {
  const refused = (effect: GitHubEffect | undefined, type: string | null, message: string): Written => {
    if (!effect) throw new Error('there is one of each');
    return { effect, id: null, fault: { type, path: 'e0', message } };
  };
  const MISSING = "Could not resolve to a node with the global id of 'X_1'.";

  it.each([
    ['label.create', 'UNPROCESSABLE', 'Name has already been taken', 'fine'],
    ['label.create', 'FORBIDDEN', 'Resource not accessible by integration', 'fault'],
    ['branch.create', 'UNPROCESSABLE', 'A ref named "refs/heads/one" already exists in the repository.', 'fine'],
    ['branch.create', 'UNPROCESSABLE', 'Reference does not exist', 'fault'],
    ['branch.delete', 'NOT_FOUND', MISSING, 'fine'],
    ['branch.delete', 'UNPROCESSABLE', 'Reference does not exist', 'fine'],
    ['branch.delete', 'FORBIDDEN', 'Cannot delete this protected branch', 'fault'],
    ['reaction.add', 'NOT_FOUND', MISSING, 'fine'],
    ['check.create', 'UNPROCESSABLE', `No commit found for SHA: ${'a'.repeat(40)}`, 'fine'],
    ['check.update', 'NOT_FOUND', MISSING, 'fine'],
    ['comment.update', 'NOT_FOUND', MISSING, 'look-again'],
    ['comment.create', 'NOT_FOUND', MISSING, 'look-again'],
    ['labels.add', 'NOT_FOUND', MISSING, 'look-again'],
    ['labels.remove', 'NOT_FOUND', MISSING, 'look-again'],
    ['issue.update', 'NOT_FOUND', MISSING, 'look-again'],
    ['comment.create', 'FORBIDDEN', 'Unable to create comment because issue is locked.', 'fine'],
    ['comment.create', 'FORBIDDEN', 'Resource not accessible by integration', 'fault'],
    ['comment.update', 'UNPROCESSABLE', 'Body is too long (maximum is 65536 characters)', 'fault'],
  ] as const)('%s: %s %s → %s', (kind, type, message, outcome) => {
    expect(outcomeOf(refused(ofEach[kind][0], type, message))).toBe(outcome);
  });

  it('all faults are named at once', () => {
    const written = [
      refused(ofEach['comment.create'][0], 'FORBIDDEN', 'no access'),
      refused(ofEach['branch.delete'][0], 'FORBIDDEN', 'protected'),
      refused(ofEach['reaction.add'][0], 'NOT_FOUND', MISSING),
    ];
    expect(() => throwFaults(written)).toThrow(new Refused(422, 'comment.create: no access; branch.delete: protected'));
    expect(() => throwFaults(written.slice(2))).not.toThrow();
  });
});
