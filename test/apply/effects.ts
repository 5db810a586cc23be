/** One of each GitHub effect, with every part that it can have. */
import type { CheckOutput, GitHubEffect } from '../../src/model/effect.ts';

type Kind = GitHubEffect['kind'];
/** A new kind of effect does not compile until it stands here. */
type OfEach = { [K in Kind]: Extract<GitHubEffect, { kind: K }>[] };

export const SHA = 'a'.repeat(40);

export function checkOutput(over: Partial<CheckOutput> = {}): CheckOutput {
  return {
    name: 'Playcaller / readiness',
    headSha: SHA,
    status: 'completed',
    conclusion: 'failure',
    externalId: '#2 abc',
    title: '1 thing to mend',
    summary: 'summary',
    text: 'text',
    annotations: [
      { path: 'src/a.ts', line: 3, level: 'failure', title: 'A secret', message: 'Take it out.' },
      { path: 'src/a.ts', line: 9, level: 'notice', title: 'A look', message: 'Is this meant?' },
    ],
    detailsUrl: 'https://playcaller.example/checks/2',
    ...over,
  };
}

const label = { name: 'state:active', id: 'LA_1' };
const waiting = checkOutput({ status: 'in-progress', conclusion: null, annotations: [], detailsUrl: null });

export const ofEach: OfEach = {
  'label.create': [{ kind: 'label.create', repoId: 'R_1', name: 'state:active', color: '1f883d', description: 'Work' }],
  'labels.add': [{ kind: 'labels.add', repoId: 'R_1', subjectId: 'I_1', labels: [label, { name: 'State:Planned', id: null }] }],
  'labels.remove': [
    { kind: 'labels.remove', subjectId: 'I_1', labels: [label] },
    { kind: 'labels.remove', subjectId: 'I_1', labels: [label], instead: true },
  ],
  'branch.create': [{ kind: 'branch.create', repoId: 'R_1', name: 'session/one', sha: SHA }],
  'commit.create': [
    {
      kind: 'commit.create',
      repo: 'acme/shop',
      branch: 'playcaller/archive/one',
      expected: SHA,
      headline: 'docs(archive): one',
      files: [{ path: 'docs/SESSION.md', content: '# Grüße\n' }],
    },
  ],
  'pull.update': [{ kind: 'pull.update', pullId: 'PR_1', body: 'More words' }],
  'pull.create': [
    {
      kind: 'pull.create',
      repoId: 'R_1',
      base: 'main',
      head: 'playcaller/archive/one',
      title: 'docs(archive): one',
      body: 'why',
      remember: { number: 1, role: 'archive' },
    },
  ],
  'branch.delete': [{ kind: 'branch.delete', refId: 'REF_1', name: 'session/one' }],
  'comment.create': [{ kind: 'comment.create', subjectId: 'I_1', body: 'card', remember: { number: 1, role: 'card' } }],
  'comment.update': [{ kind: 'comment.update', commentId: 'IC_1', body: 'card' }],
  'check.create': [
    { kind: 'check.create', repoId: 'R_1', output: checkOutput() },
    { kind: 'check.create', repoId: 'R_1', output: waiting },
    { kind: 'check.create', repoId: 'R_1', output: checkOutput({ conclusion: 'neutral' }) },
  ],
  'check.update': [
    { kind: 'check.update', repoId: 'R_1', checkId: 'CR_1', output: checkOutput({ conclusion: 'success' }) },
    { kind: 'check.update', repoId: 'R_1', checkId: 'CR_1', output: waiting },
  ],
  'issue.create': [
    {
      kind: 'issue.create',
      repoId: 'R_1',
      title: 'Tracker',
      body: 'board',
      labels: [label],
      remember: { number: 0, role: 'tracker' },
    },
    { kind: 'issue.create', repoId: 'R_1', title: 'Part', body: 'of it', labels: [], remember: null, parentId: 'I_1' },
  ],
  'issue.update': [
    { kind: 'issue.update', issueId: 'I_1', body: 'board' },
    { kind: 'issue.update', issueId: 'I_1', state: 'open' },
    { kind: 'issue.update', issueId: 'I_1', body: 'board', state: 'closed' },
  ],
  'issue.pin': [{ kind: 'issue.pin', issueId: 'I_1' }],
  'reaction.add': (['eyes', 'rocket', 'confused'] as const).map((content) => ({
    kind: 'reaction.add',
    subjectId: 'IC_1',
    content,
  })),
};

export const all: GitHubEffect[] = Object.values(ofEach).flat();
