/** What a person does on a page: each form becomes the call that GitHub documents for it, as that person. */
import { type Api, type Repo, statusOf } from './api.ts';
import { setTask } from './markdown.ts';

export type Form = Record<string, string>;

/** Where the browser goes next. */
type Next = string;

const base = (at: Repo): string => `/${at.owner}/${at.repo}`;

async function defaultHead(api: Api, at: Repo): Promise<{ branch: string; sha: string }> {
  const branch = (await api.rest.repos.get({ ...at })).data.default_branch;
  const ref = await api.rest.git.getRef({ ...at, ref: `heads/${branch}` });
  return { branch, sha: ref.data.object.sha };
}

/** SHA of the file's blob; null where there is none. */
async function blobSha(api: Api, at: Repo, branch: string, path: string): Promise<string | undefined> {
  try {
    const { data } = await api.rest.repos.getContent({ ...at, path, ref: branch });
    return Array.isArray(data) ? undefined : data.sha;
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}

export async function createIssue(api: Api, at: Repo, form: Form): Promise<Next> {
  const labels = (form.labels ?? '')
    .split(',')
    .map((label) => label.trim())
    .filter(Boolean);
  const { data } = await api.rest.issues.create({ ...at, title: form.title ?? '', body: form.body ?? '', labels });
  return `${base(at)}/issues/${data.number}`;
}

/** Writes or deletes one file on a branch. */
export async function commit(api: Api, at: Repo, form: Form): Promise<Next> {
  const { branch = '', path = '' } = form;
  const sha = await blobSha(api, at, branch, path);
  if (form.act === 'delete') {
    await api.rest.repos.deleteFile({ ...at, path, branch, message: form.message || `chore: delete ${path}`, sha: sha ?? '' });
  } else {
    const content = Buffer.from(newlines(form.content)).toString('base64');
    await api.rest.repos.createOrUpdateFileContents({
      ...at,
      path,
      branch,
      message: form.message || `chore: change ${path}`,
      content,
      sha,
    });
  }
  const { data } = await api.rest.pulls.list({ ...at, head: `${at.owner}:${branch}`, state: 'open' });
  const pull = data.find((one) => one.head.ref === branch);
  return pull ? `${base(at)}/pull/${pull.number}/files` : `${base(at)}/tree/${branch}`;
}

export async function createPull(api: Api, at: Repo, form: Form): Promise<Next> {
  const { branch = '', path = '' } = form;
  const main = await defaultHead(api, at);
  try {
    await api.rest.git.getRef({ ...at, ref: `heads/${branch}` });
  } catch (error) {
    if (statusOf(error) !== 404) throw error;
    await api.rest.git.createRef({ ...at, ref: `refs/heads/${branch}`, sha: main.sha });
  }
  if (path !== '') await commit(api, at, { branch, path, content: form.content ?? '', message: form.title ?? '' });
  const { data } = await api.rest.pulls.create({
    ...at,
    head: branch,
    base: main.branch,
    title: form.title ?? '',
    body: newlines(form.body),
    draft: form.draft === '1',
  });
  return `${base(at)}/pull/${data.number}`;
}

/** Browsers send `\r\n`. */
function newlines(text: string | undefined): string {
  return (text ?? '').replaceAll('\r\n', '\n');
}

type OnThread = (api: Api, at: Repo, number: number, form: Form) => Promise<void>;

async function comment(api: Api, at: Repo, number: number, form: Form): Promise<void> {
  const body = newlines(form.body);
  const subject = { ...at, issue_number: number };
  if (body.trim() !== '') await api.rest.issues.createComment({ ...subject, body });
  if (form.state === 'closed' || form.state === 'open') await api.rest.issues.update({ ...subject, state: form.state });
}

async function labels(api: Api, at: Repo, number: number, form: Form): Promise<void> {
  const subject = { ...at, issue_number: number };
  if (form.on) await api.rest.issues.addLabels({ ...subject, labels: [form.on] });
  if (form.off) await api.rest.issues.removeLabel({ ...subject, name: form.off });
}

async function edit(api: Api, at: Repo, number: number, form: Form): Promise<void> {
  await api.rest.issues.update({ ...at, issue_number: number, title: form.title ?? '' });
}

async function act(api: Api, at: Repo, number: number, form: Form): Promise<void> {
  const { data: pull } = await api.rest.pulls.get({ ...at, pull_number: number });
  if (form.act === 'merge')
    await api.rest.pulls.merge({ ...at, pull_number: number, merge_method: 'squash', sha: pull.head.sha });
  // Only GraphQL can do these two (GitHub docs: "Mutations").
  const id = pull.node_id;
  if (form.act === 'ready') {
    await api.graphql('mutation($id: ID!) { markPullRequestReadyForReview(input: {pullRequestId: $id}) { clientMutationId } }', {
      id,
    });
  }
  if (form.act === 'draft') {
    await api.graphql('mutation($id: ID!) { convertPullRequestToDraft(input: {pullRequestId: $id}) { clientMutationId } }', {
      id,
    });
  }
}

/** What a form of a thread does, by the last part of its address. */
export const ON_THREAD: Record<string, OnThread> = { comment, labels, edit, pull: act };

/** Text of the issue itself (`body`) or of one of its comments (its id). */
export async function writeText(api: Api, at: Repo, number: number, target: string, body: string): Promise<void> {
  if (target === 'body') await api.rest.issues.update({ ...at, issue_number: number, body: newlines(body) });
  else await api.rest.issues.updateComment({ ...at, comment_id: Number(target), body: newlines(body) });
}

/** Reads the text afresh and changes that one box only. `false` when its line is gone. */
export async function tick(api: Api, at: Repo, number: number, target: string, form: Form): Promise<boolean> {
  const { data } =
    target === 'body'
      ? await api.rest.issues.get({ ...at, issue_number: number })
      : await api.rest.issues.getComment({ ...at, comment_id: Number(target) });
  const changed = setTask(data.body ?? '', Number(form.task), form.text ?? '', form.checked === 'true');
  if (changed === null) return false;
  if (changed !== data.body) await writeText(api, at, number, target, changed);
  return true;
}

/** Asks the check's app to do it again. */
export async function rerun(api: Api, at: Repo, id: number): Promise<void> {
  await api.rest.checks.rerequestRun({ ...at, check_run_id: id });
}

/** One of the check's own buttons; GitHub has no API for it. */
export async function press(api: Api, { owner, repo }: Repo, id: number, form: Form): Promise<void> {
  const path = { baseUrl: 'http://sandbox', owner, repo, id, identifier: form.identifier ?? '' };
  await api.request('POST /_sandbox/repos/{owner}/{repo}/check-runs/{id}/requested-action', path);
}

/** CI's word on a commit, said by the other app. */
export async function reportCi(ci: Api, at: Repo, form: Form): Promise<void> {
  const conclusion = form.conclusion === 'success' ? 'success' : 'failure';
  await ci.rest.checks.create({ ...at, name: 'ci / test', head_sha: form.sha ?? '', status: 'completed', conclusion });
}
