/** Applying effects with a real store and the sandbox: ledger first, then GitHub, and what is left when something fails. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apply, LeaseLost } from '../../src/apply/apply.ts';
import type { Writing } from '../../src/apply/writing.ts';
import { Refused, Unavailable } from '../../src/github/errors.ts';
import type { Effects, GitHubEffect, LedgerEffect } from '../../src/model/effect.ts';
import { leaseOf, session } from '../store/samples.ts';
import { REPO, SHOP, type Stage, setStage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.close());

const effects = (some: Partial<Effects>): Effects => ({ ledger: [], github: [], after: [], ...some });

const card = ({ id, number }: { id: string; number: number }, body = 'card', role = 'card'): GitHubEffect => ({
  kind: 'comment.create',
  subjectId: id,
  body,
  remember: { number, role },
});
const save = (number: number, version: number): LedgerEffect => ({
  kind: 'session.save',
  session: session(number, { version }),
  claim: null,
});
const done = (line: string): LedgerEffect => ({ kind: 'command.done', repo: REPO, commentId: 'IC_1', line });

async function comments(issue: number) {
  const { data } = await stage.alice.rest.issues.listComments({ ...SHOP, issue_number: issue });
  return data.map(({ body, node_id: id }) => ({ body, id }));
}
const artefact = (number: number, role: string) => stage.store.ledger.artefact(REPO, number, role);

describe('apply', () => {
  it('writes the ledger, then GitHub, then what GitHub made known', async () => {
    const issue = await stage.issue();
    const writing = await stage.writing(issue.number);
    const line = `/session types ${issue.number}`;
    const outcome = await apply(
      effects({ ledger: [save(issue.number, 1)], github: [card(issue)], after: [done(line)] }),
      writing,
    );
    expect(outcome).toBe('done');
    const [made] = await comments(issue.number);
    expect(made?.body).toBe('card');
    expect(await artefact(issue.number, 'card')).toBe(made?.id);
    expect((await stage.store.ledger.session(REPO, issue.number))?.session.version).toBe(1);
    expect(await stage.store.ledger.doneLines(REPO, 'IC_1')).toContain(line);
  });

  it('stale facts: again, and GitHub is not asked for anything', async () => {
    const issue = await stage.issue();
    const writing = await stage.writing(issue.number);
    await stage.calls();
    expect(await apply(effects({ ledger: [save(issue.number, 7)], github: [card(issue)] }), writing)).toBe('again');
    expect(await stage.calls()).toEqual([]);
    expect(await comments(issue.number)).toEqual([]);
  });

  it('a lost answer: an error to try again by, and nothing is remembered that nobody confirmed', async () => {
    const issue = await stage.issue();
    const writing = await stage.writing(issue.number);
    await stage.fault({ match: '#Apply$', dropAfterWrite: true, times: 1 });
    const line = `/session lost ${issue.number}`;
    await expect(apply(effects({ github: [card(issue)], after: [done(line)] }), writing)).rejects.toBeInstanceOf(Unavailable);
    expect(await comments(issue.number)).toHaveLength(1);
    expect(await artefact(issue.number, 'card')).toBeNull();
    expect(await stage.store.ledger.doneLines(REPO, 'IC_1')).not.toContain(line);
  });

  it('one write fails: the others are remembered, the fault is named, and what should follow does not', async () => {
    const issue = await stage.issue();
    const writing = await stage.writing(issue.number);
    const line = `/session long ${issue.number}`;
    const tooLong = card(issue, 'x'.repeat(70_000), 'record');
    const failing = apply(effects({ github: [card(issue), tooLong], after: [done(line)] }), writing);
    await expect(failing).rejects.toThrow(/^comment\.create: /);
    await expect(failing).rejects.toBeInstanceOf(Refused);
    const [made] = await comments(issue.number);
    expect(await artefact(issue.number, 'card')).toBe(made?.id);
    expect(await artefact(issue.number, 'record')).toBeNull();
    expect(await stage.store.ledger.doneLines(REPO, 'IC_1')).not.toContain(line);
  });

  it('a comment deleted meanwhile: again, and the command whose answer it carries is not done yet', async () => {
    const issue = await stage.issue();
    const writing = await stage.writing(issue.number);
    const { data: comment } = await stage.alice.rest.issues.createComment({ ...SHOP, issue_number: issue.number, body: 'x' });
    await stage.alice.rest.issues.deleteComment({ ...SHOP, comment_id: comment.id });
    const line = `/session gone ${issue.number}`;
    const update: GitHubEffect = { kind: 'comment.update', commentId: comment.node_id, body: 'card' };
    expect(await apply(effects({ github: [update], after: [done(line)] }), writing)).toBe('again');
    expect(await stage.store.ledger.doneLines(REPO, 'IC_1')).not.toContain(line);
  });
});

describe('labels', () => {
  const make = (name: string): GitHubEffect => ({
    kind: 'label.create',
    repoId: stage.repoId,
    name,
    color: 'ffffff',
    description: '',
  });
  const put = (subjectId: string, name: string): GitHubEffect => ({
    kind: 'labels.add',
    repoId: stage.repoId,
    subjectId,
    labels: [{ name, id: null }],
  });
  const labelsOf = async (issue: number) => {
    const { data } = await stage.alice.rest.issues.listLabelsOnIssue({ ...SHOP, issue_number: issue });
    return data.map(({ name }) => name);
  };

  it('are made first, and put on by the ids that they got', async () => {
    const issue = await stage.issue();
    const writing = await stage.writing(issue.number);
    await stage.calls();
    await apply(effects({ github: [put(issue.id, 'state:new'), make('state:new')] }), writing);
    expect(await labelsOf(issue.number)).toEqual(['state:new']);
    expect(await stage.calls()).toEqual(['Apply', 'Apply']);
  });

  it('that are there already are looked up', async () => {
    const issue = await stage.issue();
    const writing = await stage.writing(issue.number);
    await stage.alice.rest.issues.createLabel({ ...SHOP, name: 'State:There' });
    await stage.calls();
    expect(await apply(effects({ github: [make('state:there'), put(issue.id, 'state:there')] }), writing)).toBe('done');
    expect(await labelsOf(issue.number)).toEqual(['State:There']);
    expect(await stage.calls()).toEqual(['Apply', expect.stringMatching(/^GET .*\/labels\/state(:|%3A)there$/), 'Apply']);
  });

  it('give way to others only when those stand', async () => {
    const issue = await stage.issue();
    const writing = await stage.writing(issue.number);
    await stage.alice.rest.issues.addLabels({ ...SHOP, issue_number: issue.number, labels: ['backlog:active'] });
    const { data } = await stage.alice.rest.issues.getLabel({ ...SHOP, name: 'backlog:active' });
    const off: GitHubEffect = {
      kind: 'labels.remove',
      subjectId: issue.id,
      labels: [{ name: data.name, id: data.node_id }],
      instead: true,
    };
    const gone: GitHubEffect = {
      kind: 'labels.add',
      repoId: stage.repoId,
      subjectId: issue.id,
      labels: [{ name: 'session:gone', id: 'LA_gone' }],
    };
    expect(await apply(effects({ github: [off, gone] }), writing)).toBe('again');
    expect(await labelsOf(issue.number)).toEqual(['backlog:active']);
    const tooLong = 'x'.repeat(51);
    await expect(apply(effects({ github: [off, make(tooLong), put(issue.id, tooLong)] }), writing)).rejects.toThrow(Refused);
    expect(await labelsOf(issue.number)).toEqual(['backlog:active']);
    expect(await apply(effects({ github: [off, make('session:new'), put(issue.id, 'session:new')] }), writing)).toBe('done');
    expect(await labelsOf(issue.number)).toEqual(['session:new']);
  });

  it('that words explain wait for these: a look that finds them in order would say nothing', async () => {
    const issue = await stage.issue();
    const writing = await stage.writing(issue.number);
    await stage.alice.rest.issues.createLabel({ ...SHOP, name: 'state:back' });
    const { data } = await stage.alice.rest.issues.getLabel({ ...SHOP, name: 'state:back' });
    const back: GitHubEffect = {
      kind: 'labels.add',
      repoId: stage.repoId,
      subjectId: issue.id,
      labels: [{ name: data.name, id: data.node_id }],
      explained: true,
    };
    const why: GitHubEffect = { kind: 'comment.create', subjectId: issue.id, body: 'because', remember: null };
    await stage.fault({ match: '#Apply$', times: 1, graphql: 'partial' });
    await expect(apply(effects({ github: [back, why] }), writing)).rejects.toThrow();
    expect(await labelsOf(issue.number)).toEqual([]);
    await stage.calls();
    const later = { ...writing, now: () => new Date(Date.now() + 6_000) };
    expect(await apply(effects({ github: [back, why] }), later)).toBe('done');
    expect(await labelsOf(issue.number)).toEqual(['state:back']);
    expect(await stage.calls()).toEqual(['Apply', 'Apply']);
    expect((await comments(issue.number)).map(({ body }) => body)).toEqual(['because']);
  });

  it('that may not be made are a fault, not a thing that is gone', async () => {
    const issue = await stage.issue();
    const writing = await stage.writing(issue.number);
    const name = 'x'.repeat(60);
    const failing = apply(effects({ github: [make(name), put(issue.id, name), card(issue)] }), writing);
    await expect(failing).rejects.toBeInstanceOf(Refused);
    await expect(failing).rejects.toThrow(/^label\.create: /);
    expect((await comments(issue.number)).map(({ body }) => body)).toEqual(['card']);
  });

  it('that vanish between making and looking up are tried again', async () => {
    const issue = await stage.issue();
    const writing = await stage.writing(issue.number);
    await stage.alice.rest.issues.createLabel({ ...SHOP, name: 'state:brief' });
    const client = before(writing, 'rest', () => stage.alice.rest.issues.deleteLabel({ ...SHOP, name: 'state:brief' }));
    const failing = apply(effects({ github: [make('state:brief'), put(issue.id, 'state:brief')] }), { ...writing, client });
    await expect(failing).rejects.toBeInstanceOf(Unavailable);
  });
});

/** The client, with something that happens just before its first call of that kind. */
function before({ client }: Writing, kind: 'graphql' | 'rest', happen: () => Promise<unknown>): Writing['client'] {
  let pending: (() => Promise<unknown>) | null = happen;
  const happens = async (now: boolean) => {
    if (!now || !pending) return;
    const run = pending;
    pending = null;
    await run();
  };
  return {
    async graphql(operation, document, variables) {
      await happens(kind === 'graphql');
      return client.graphql(operation, document, variables);
    },
    async rest(route, params) {
      await happens(kind === 'rest');
      return client.rest(route, params);
    },
  };
}

describe('two at once', () => {
  it('a lost lease: nothing is written, neither here nor there', async () => {
    const issue = await stage.issue();
    const writing = await stage.writing(issue.number);
    const lost = { ...writing, lease: { ...writing.lease, token: 'another' } };
    await stage.calls();
    await expect(apply(effects({ ledger: [save(issue.number, 1)], github: [card(issue)] }), lost)).rejects.toBeInstanceOf(
      LeaseLost,
    );
    expect(await stage.calls()).toEqual([]);
    expect(await stage.store.ledger.session(REPO, issue.number)).toBeNull();
  });

  it('a lease lost while GitHub answers: what was made is not remembered by us', async () => {
    const issue = await stage.issue();
    const writing = await stage.writing(issue.number);
    const lost = { ...writing, lease: { ...writing.lease, token: 'another' } };
    await expect(apply(effects({ github: [card(issue)] }), lost)).rejects.toBeInstanceOf(LeaseLost);
    expect(await artefact(issue.number, 'card')).toBeNull();
  });

  it('a card that another lane overtook on the way is looked at once more', async () => {
    const issue = await stage.issue();
    const pull = await stage.issue('stands for a pull request');
    const writing = await stage.writing(issue.number);
    await apply(effects({ ledger: [save(issue.number, 1)], github: [card(issue)] }), writing);
    const [made] = await comments(issue.number);
    const other = await leaseOf(stage.store, pull.number);
    const client = before(writing, 'graphql', () => stage.store.ledger.commit(other, [save(issue.number, 3)]));
    const update: GitHubEffect = { kind: 'comment.update', commentId: made?.id ?? '', body: 'card of version 2' };
    const outcome = await apply(effects({ ledger: [save(issue.number, 2)], github: [update] }), { ...writing, client });
    expect(outcome).toBe('done');
    await stage.store.inbox.complete(writing.lease, 1);
    await stage.store.inbox.complete(other, Number.MAX_SAFE_INTEGER);
    const woken = await stage.store.inbox.lease(100, 60_000);
    const events = woken
      .filter(({ lease }) => lease.lane === `${REPO}#${issue.number}`)
      .flatMap(({ inputs }) => inputs.map(({ input }) => (input.kind === 'change' ? input.event : input.kind)));
    expect(events).toContain('playcaller.overtaken');
  });

  it('a card that nobody overtook wakes nobody', async () => {
    const issue = await stage.issue();
    const writing = await stage.writing(issue.number);
    await apply(effects({ ledger: [save(issue.number, 1)], github: [card(issue)] }), writing);
    const [made] = await comments(issue.number);
    const update: GitHubEffect = { kind: 'comment.update', commentId: made?.id ?? '', body: 'card of version 2' };
    await apply(effects({ ledger: [save(issue.number, 2)], github: [update] }), writing);
    await stage.store.inbox.complete(writing.lease, Number.MAX_SAFE_INTEGER);
    const lanes = (await stage.store.inbox.lease(100, 60_000)).map(({ lease }) => lease.lane);
    expect(lanes).not.toContain(`${REPO}#${issue.number}`);
  });
});

describe('pins', () => {
  it('come last; refused, they disturb nothing', async () => {
    const issues = [await stage.issue(), await stage.issue(), await stage.issue(), await stage.issue()];
    for (const { id, number } of issues) {
      const writing = await stage.writing(number);
      const line = `/session pin ${number}`;
      const github: GitHubEffect[] = [{ kind: 'issue.pin', issueId: id }, card({ id, number })];
      expect(await apply(effects({ github, after: [done(line)] }), writing)).toBe('done');
      expect(await comments(number)).toHaveLength(1);
      expect(await stage.store.ledger.doneLines(REPO, 'IC_1')).toContain(line);
      expect(await apply(effects({ github: [{ kind: 'issue.pin', issueId: 'I_gone' }] }), writing)).toBe('done');
    }
  });
});
