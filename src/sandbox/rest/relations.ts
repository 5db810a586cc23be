/** REST: sub-issues and blocked-by links. */
import { addBlockedBy, addSubIssue, moveSubIssue, removeBlockedBy, removeSubIssue } from '../actions/index.ts';
import { notFound } from '../error.ts';
import { issueJson } from '../payload/issue.ts';
import { issueById } from '../read.ts';
import { type Answer, bodyOf, type Call, created, issueOf, list, numberParam, ok, route } from './call.ts';

function issuesByIds(call: Call, ids: number[]): Answer {
  const found = ids.flatMap((id) => issueById(call.world, id) ?? []);
  return list(call, found, (one) => issueJson(call.world, one.repo, one.issue));
}

const issue = '/repos/{owner}/{repo}/issues/{issue_number}' as const;

export const relationRoutes = [
  route(`GET ${issue}/sub_issues`, (call) => issuesByIds(call, issueOf(call).issue.subIssues)),
  route(`POST ${issue}/sub_issues`, (call) => {
    const found = issueOf(call);
    const body = bodyOf(call, 'issues/add-sub-issue');
    addSubIssue(call.sandbox, call.actor, found.repo, found.issue, body.sub_issue_id, body.replace_parent);
    return created(issueJson(call.world, found.repo, found.issue));
  }),
  route(`DELETE ${issue}/sub_issue`, (call) => {
    const found = issueOf(call);
    removeSubIssue(call.sandbox, call.actor, found.repo, found.issue, bodyOf(call, 'issues/remove-sub-issue').sub_issue_id);
    return ok(issueJson(call.world, found.repo, found.issue));
  }),
  route(`PATCH ${issue}/sub_issues/priority`, (call) => {
    const found = issueOf(call);
    const body = bodyOf(call, 'issues/reprioritize-sub-issue');
    const next = { afterId: body.after_id, beforeId: body.before_id };
    moveSubIssue(call.sandbox, call.actor, found.repo, found.issue, body.sub_issue_id, next);
    return ok(issueJson(call.world, found.repo, found.issue));
  }),
  route(`GET ${issue}/parent`, (call) => {
    const { parent } = issueOf(call).issue;
    const found = parent === null ? null : issueById(call.world, parent);
    if (!found) throw notFound();
    return ok(issueJson(call.world, found.repo, found.issue));
  }),
  route(`GET ${issue}/dependencies/blocked_by`, (call) => issuesByIds(call, issueOf(call).issue.blockedBy)),
  route(`POST ${issue}/dependencies/blocked_by`, (call) => {
    const found = issueOf(call);
    const id = bodyOf(call, 'issues/add-blocked-by-dependency').issue_id;
    addBlockedBy(call.sandbox, call.actor, found.repo, found.issue, id);
    return created(issueJson(call.world, found.repo, found.issue));
  }),
  route(`DELETE ${issue}/dependencies/blocked_by/{issue_id}`, (call) => {
    const found = issueOf(call);
    removeBlockedBy(call.sandbox, call.actor, found.repo, found.issue, numberParam(call, 'issue_id'));
    return ok(issueJson(call.world, found.repo, found.issue));
  }),
  route(`GET ${issue}/dependencies/blocking`, (call) => {
    const { id } = issueOf(call).issue;
    const all = [...call.world.repositories.values()].flatMap((repo) => [...repo.issues.values()]);
    const blocked = all.filter((one) => one.blockedBy.includes(id)).map((one) => one.id);
    return issuesByIds(call, blocked);
  }),
];
