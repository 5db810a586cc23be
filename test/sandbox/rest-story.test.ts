/** A story through GitHub's REST: issue, branch, pull request, checks, squash merge; every answer and payload fits GitHub's schemas. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bench, commitFile, payloadFaults, shop, startBench } from './support.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());

test('an issue is labelled, worked on, checked, merged by squash and closed by it', async () => {
  const [alice, bob] = [bench.as('alice'), bench.as('bob')];
  const issue = await alice.rest.issues.create({ ...shop, title: 'Total is wrong', body: 'See `cart.js`.' });
  expect(issue.data.number).toBe(1);
  await alice.rest.issues.createLabel({ ...shop, name: 'session:bug-fix', color: 'FF0000' });
  await alice.rest.issues.addLabels({ ...shop, issue_number: 1, labels: ['Session:Bug-Fix', 'new one'] });
  expect(await bench.heard()).toEqual(['issues.opened', 'label.created', 'label.created', 'issues.labeled', 'issues.labeled']);
  const comment = await bob.rest.issues.createComment({ ...shop, issue_number: 1, body: 'On it' });
  await bob.rest.issues.updateComment({ ...shop, comment_id: comment.data.id, body: 'On it!' });
  await bob.rest.reactions.createForIssueComment({ ...shop, comment_id: comment.data.id, content: 'rocket' });
  expect(await bench.heard()).toEqual(['issue_comment.created', 'issue_comment.edited']);
  expect(bench.received.at(-1)?.payload).toMatchObject({ changes: { body: { from: 'On it' } }, comment: { body: 'On it!' } });

  const sha = await commitFile(bob, 'bug/total', 'src/total.js', 'export const total = 1;\n');
  expect(await bench.heard()).toEqual(['create', 'push', 'push', 'check_suite.requested']);
  const pull = await bob.rest.pulls.create({ ...shop, head: 'bug/total', base: 'main', title: 'fix: total', body: 'Closes #1' });
  expect(pull.data).toMatchObject({ number: 2, mergeable: true, head: { sha }, additions: 1, changed_files: 1, draft: false });
  const files = await bob.rest.pulls.listFiles({ ...shop, pull_number: 2 });
  expect(files.data).toMatchObject([
    { filename: 'src/total.js', status: 'added', patch: '@@ -0,0 +1 @@\n+export const total = 1;' },
  ]);

  const app = await bench.installed();
  const card = await app.rest.issues.createComment({ ...shop, issue_number: 1, body: '<!-- a card -->' });
  expect(card.data).toMatchObject({
    user: { type: 'Bot', login: 'playcaller[bot]' },
    performed_via_github_app: { slug: 'playcaller' },
  });
  expect((await bench.heard()).at(-1)).toBe('issue_comment.created');
  const run = await app.rest.checks.create({
    ...shop,
    name: 'Playcaller / readiness',
    head_sha: sha,
    status: 'completed',
    conclusion: 'failure',
    output: {
      title: 'Not ready',
      summary: 'Two items are missing',
      annotations: [{ path: 'src/total.js', start_line: 1, end_line: 1, annotation_level: 'failure', message: 'A secret' }],
    },
  });
  await bob.rest.checks.rerequestRun({ ...shop, check_run_id: run.data.id });
  await app.rest.checks.update({
    ...shop,
    check_run_id: run.data.id,
    conclusion: 'success',
    output: { title: 'Ready', summary: 'ok' },
  });
  const runs = await bob.rest.checks.listForRef({ ...shop, ref: 'bug/total' });
  expect(runs.data).toMatchObject({ total_count: 1, check_runs: [{ conclusion: 'success', output: { annotations_count: 1 } }] });
  const notes = await bob.rest.checks.listAnnotations({ ...shop, check_run_id: run.data.id });
  expect(notes.data).toHaveLength(1);
  expect(await bench.heard()).toEqual([
    'check_run.created',
    'check_run.completed',
    'check_suite.completed',
    'check_run.rerequested',
  ]);

  await bob.rest.repos.createCommitStatus({ ...shop, sha, state: 'success', context: 'legacy', description: 'fine' });
  const combined = await bob.rest.repos.getCombinedStatusForRef({ ...shop, ref: sha });
  expect(combined.data.state).toBe('success');
  const review = await alice.rest.pulls.createReview({ ...shop, pull_number: 2, event: 'APPROVE', body: 'Good' });
  expect(review.data.state).toBe('APPROVED');
  await bench.heard();
  await alice.rest.repos.update({ ...shop, delete_branch_on_merge: true });
  const merged = await alice.rest.pulls.merge({ ...shop, pull_number: 2, merge_method: 'squash' });
  expect(await bench.heard()).toEqual([
    'push',
    'check_suite.requested',
    'pull_request.closed',
    'issues.closed',
    'push',
    'delete',
  ]);
  const head = await alice.rest.repos.getCommit({ ...shop, ref: 'main' });
  expect(head.data.sha).toBe(merged.data.sha);
  expect(head.data.commit.message).toBe('Add src/total.js (#2)');
  expect(head.data.parents).toHaveLength(1);
  expect((await alice.rest.issues.get({ ...shop, issue_number: 1 })).data).toMatchObject({
    state: 'closed',
    state_reason: 'completed',
  });
  expect((await alice.rest.pulls.get({ ...shop, pull_number: 2 })).data).toMatchObject({
    merged: true,
    merged_by: { login: 'alice' },
  });
});

test('sub-issues, blocked-by, milestones, assignees, locks, drafts, reviews', async () => {
  const alice = bench.as('alice');
  const numbers: { number: number; id: number }[] = [];
  for (const title of ['parent', 'child', 'blocker']) numbers.push((await alice.rest.issues.create({ ...shop, title })).data);
  const [parent, child, blocker] = numbers;
  if (!parent || !child || !blocker) throw new Error('three issues were made');
  const at = { ...shop, issue_number: parent.number };
  await alice.rest.issues.addSubIssue({ ...at, sub_issue_id: child.id });
  expect((await alice.rest.issues.listSubIssues(at)).data.map((one) => one.number)).toEqual([child.number]);
  expect((await alice.rest.issues.getParent({ ...shop, issue_number: child.number })).data.number).toBe(parent.number);
  await alice.rest.issues.removeSubIssue({ ...at, sub_issue_id: child.id });
  const blocked = '/repos/{owner}/{repo}/issues/{issue_number}/dependencies/blocked_by';
  await alice.request(`POST ${blocked}`, { ...at, issue_id: blocker.id });
  expect((await alice.request(`GET ${blocked}`, at)).data).toHaveLength(1);
  expect((await alice.rest.issues.get(at)).data).toMatchObject({ issue_dependencies_summary: { blocked_by: 1 } });
  await alice.request(`DELETE ${blocked}/{issue_id}`, { ...at, issue_id: blocker.id });
  const milestone = await alice.rest.issues.createMilestone({ ...shop, title: 'v1' });
  await alice.rest.issues.update({ ...at, milestone: milestone.data.number, assignees: ['bob', 'mallory'] });
  expect((await alice.rest.issues.get(at)).data).toMatchObject({ milestone: { title: 'v1' }, assignees: [{ login: 'bob' }] });
  await alice.rest.issues.lock({ ...at, lock_reason: 'resolved' });
  await alice.rest.issues.unlock(at);
  await alice.rest.issues.listEventsForTimeline(at);
  await alice.rest.issues.listEvents(at);
  await commitFile(alice, 'draft', 'a.txt', 'a\n');
  const pull = await alice.rest.pulls.create({ ...shop, head: 'draft', base: 'main', title: 'Draft', draft: true });
  await alice.rest.pulls.requestReviewers({ ...shop, pull_number: pull.data.number, reviewers: ['bob'] });
  await alice.rest.issues.addLabels({ ...shop, issue_number: pull.data.number, labels: ['blocked'] });
  await commitFile(alice, 'draft', 'b.txt', 'b\n');
  await alice.rest.pulls.update({ ...shop, pull_number: pull.data.number, title: 'Draft two' });
  const heard = await bench.heard();
  expect(heard).toContain('sub_issues.parent_issue_added');
  expect(heard).toContain('sub_issues.sub_issue_removed');
  expect(heard).toContain('issue_dependencies.blocked_by_added');
  expect(heard).toContain('issues.milestoned');
  expect(heard).toContain('issues.assigned');
  expect(heard).toContain('pull_request.review_requested');
  expect(heard).toContain('pull_request.labeled');
  expect(heard.slice(-4)).toEqual(['push', 'pull_request.synchronize', 'check_suite.requested', 'pull_request.edited']);
});

test('git data, contents, branches, comparison', async () => {
  const alice = bench.as('alice');
  const main = await alice.rest.repos.getBranch({ ...shop, branch: 'main' });
  const blob = await alice.rest.git.createBlob({ ...shop, content: 'hello\n' });
  expect(blob.data.sha).toBe('ce013625030ba8dba906f756967f9e9ca394464a');
  const base_tree = main.data.commit.commit.tree.sha;
  const entry = { path: 'docs/hello.txt', mode: '100644' as const, type: 'blob' as const, sha: blob.data.sha };
  const tree = await alice.rest.git.createTree({ ...shop, base_tree, tree: [entry] });
  const parents = [main.data.commit.sha];
  const commit = await alice.rest.git.createCommit({ ...shop, message: 'Say hello', tree: tree.data.sha, parents });
  await alice.rest.git.createRef({ ...shop, ref: 'refs/heads/feature/hello', sha: commit.data.sha });
  const refs = await alice.rest.git.listMatchingRefs({ ...shop, ref: 'heads/feature' });
  expect(refs.data.map((ref) => ref.ref)).toEqual(['refs/heads/feature/hello']);
  const difference = await alice.rest.repos.compareCommitsWithBasehead({ ...shop, basehead: 'main...feature/hello' });
  expect(difference.data).toMatchObject({ status: 'ahead', ahead_by: 1, behind_by: 0, files: [{ filename: 'docs/hello.txt' }] });
  const file = await alice.rest.repos.getContent({ ...shop, path: 'docs/hello.txt', ref: 'feature/hello' });
  expect(file.data).toMatchObject({ type: 'file', content: 'aGVsbG8K\n', sha: blob.data.sha });
  expect((await alice.rest.repos.getContent({ ...shop, path: '' })).data).toHaveLength(3);
  await alice.rest.git.getTree({ ...shop, tree_sha: 'feature/hello', recursive: '1' });
  await alice.rest.git.getBlob({ ...shop, file_sha: blob.data.sha });
  await alice.rest.git.getCommit({ ...shop, commit_sha: commit.data.sha });
  await alice.rest.repos.listCommits({ ...shop, sha: 'feature/hello' });
  await alice.rest.repos.listBranches(shop);
  await alice.rest.git.updateRef({ ...shop, ref: 'heads/feature/hello', sha: main.data.commit.sha, force: true });
  await alice.rest.git.deleteRef({ ...shop, ref: 'heads/feature/hello' });
  expect((await bench.heard()).slice(-3)).toEqual(['push', 'push', 'delete']);
});

test('repositories: made, renamed (old names lead to it), without issues, deleted', async () => {
  const alice = bench.as('alice');
  await bench.heard();
  await alice.rest.repos.createInOrg({ org: 'acme', name: 'empty', auto_init: true });
  await alice.rest.repos.update({ owner: 'acme', repo: 'empty', name: 'full', description: 'Now full' });
  expect((await alice.rest.repos.get({ owner: 'acme', repo: 'empty' })).data.full_name).toBe('acme/full');
  await alice.rest.repos.update({ owner: 'acme', repo: 'full', has_issues: false });
  await expect(alice.rest.issues.create({ owner: 'acme', repo: 'full', title: 'x' })).rejects.toMatchObject({ status: 410 });
  await alice.rest.repos.delete({ owner: 'acme', repo: 'full' });
  expect(await bench.heard()).toEqual([
    'repository.created',
    'installation_repositories.added',
    'create',
    'push',
    'check_suite.requested',
    'repository.edited',
    'repository.renamed',
    'repository.deleted',
    'installation_repositories.removed',
  ]);
});

test('what the app and people look at', async () => {
  const [bob, app] = [bench.as('bob'), bench.app];
  expect((await app.rest.apps.getAuthenticated()).data?.slug).toBe('playcaller');
  expect((await app.rest.apps.listInstallations()).data).toHaveLength(1);
  const installed = await bench.installed();
  expect((await installed.rest.apps.listReposAccessibleToInstallation()).data.repositories[0]?.full_name).toBe('acme/shop');
  expect((await bob.rest.users.getAuthenticated()).data.login).toBe('bob');
  await bob.rest.users.getByUsername({ username: 'carol' });
  await bob.rest.orgs.get({ org: 'acme' });
  await bob.rest.orgs.listMembers({ org: 'acme' });
  await bob.rest.repos.listForOrg({ org: 'acme' });
  const permission = await bob.rest.repos.getCollaboratorPermissionLevel({ ...shop, username: 'carol' });
  expect(permission.data).toMatchObject({ permission: 'read', role_name: 'triage' });
  await bob.rest.repos.listCollaborators(shop);
  await bob.rest.issues.listAssignees(shop);
  await bob.rest.rateLimit.get();
  await bob.rest.meta.get();
  const page = await bob.rest.issues.listForRepo({ ...shop, state: 'all', per_page: 2 });
  expect(page.headers.link).toContain('rel="next"');
  await bob.rest.issues.listLabelsForRepo(shop);
  await bob.rest.pulls.list({ ...shop, state: 'all' });
  await bob.rest.checks.listSuitesForRef({ ...shop, ref: 'main' });
});

test('all answers and payloads fit what GitHub publishes', async () => {
  await bench.heard();
  expect(bench.faults).toEqual([]);
  expect(bench.received.length).toBeGreaterThan(40);
  expect(payloadFaults(bench.received)).toEqual([]);
});
