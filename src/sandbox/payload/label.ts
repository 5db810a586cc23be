/** What issues are sorted by, labels and milestones, as GitHub's JSON. */
import { nodeId } from '../ids.ts';
import type { Label, Milestone } from '../state/issues.ts';
import type { Repository } from '../state/repository.ts';
import type { World } from '../state/world.ts';
import { userJson } from './account.ts';
import type { Json } from './json.ts';
import { repoPage, repoUrl } from './repository.ts';

export function labelJson(world: World, repo: Repository, label: Label): Json {
  return {
    id: label.id,
    node_id: nodeId('Label', repo.id, label.id),
    url: `${repoUrl(world, repo)}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    color: label.color,
    default: false,
    description: label.description,
  };
}

export function milestoneJson(world: World, repo: Repository, milestone: Milestone): Json {
  const url = `${repoUrl(world, repo)}/milestones/${milestone.number}`;
  const issues = [...repo.issues.values()].filter((issue) => issue.milestone === milestone.number);
  return {
    url,
    html_url: `${repoPage(world, repo)}/milestone/${milestone.number}`,
    labels_url: `${url}/labels`,
    id: milestone.id,
    node_id: nodeId('Milestone', repo.id, milestone.id),
    number: milestone.number,
    title: milestone.title,
    description: milestone.description,
    creator: userJson(world, milestone.creator),
    open_issues: issues.filter((issue) => issue.state === 'open').length,
    closed_issues: issues.filter((issue) => issue.state === 'closed').length,
    state: milestone.state,
    created_at: milestone.createdAt,
    updated_at: milestone.updatedAt,
    closed_at: milestone.closedAt,
    due_on: milestone.dueOn,
  };
}
