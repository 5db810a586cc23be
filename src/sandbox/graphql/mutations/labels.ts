/** Labels, and putting them on. */
import type {
  AddLabelsToLabelableInput,
  ClearLabelsFromLabelableInput,
  CreateLabelInput,
  DeleteLabelInput,
  RemoveLabelsFromLabelableInput,
  UpdateLabelInput,
} from '@octokit/graphql-schema';
import * as actions from '../../actions/index.ts';
import type { Repository } from '../../state/repository.ts';
import type { Context } from '../context.ts';
import { unknownId } from '../errors.ts';
import { needNode } from '../lookup.ts';
import { labelNode } from '../nodes.ts';
import type { Fields } from '../types.ts';
import { given, mutation } from './mutation.ts';

/** Names of the labels with these ids; they must be this repository's. */
export function labelNames(context: Context, repo: Repository, ids: readonly string[]): string[] {
  return ids.map((id) => {
    const node = needNode(context, id, 'Label');
    if (node.repo !== repo) throw unknownId(id);
    return node.label.name;
  });
}

export const labelMutations: Fields<unknown> = {
  addLabelsToLabelable: mutation<AddLabelsToLabelableInput>((input, context, ...by) => {
    const labelable = needNode(context, input.labelableId, 'Issue', 'PullRequest');
    const names = labelNames(context, labelable.repo, input.labelIds);
    actions.addLabels(...by, labelable.repo, labelable.issue, names);
    return { labelable };
  }),
  removeLabelsFromLabelable: mutation<RemoveLabelsFromLabelableInput>((input, context, ...by) => {
    const labelable = needNode(context, input.labelableId, 'Issue', 'PullRequest');
    const { repo, issue } = labelable;
    const gone = new Set(labelNames(context, repo, input.labelIds));
    const kept = issue.labels.flatMap((id) => repo.labels.get(id)?.name ?? []).filter((name) => !gone.has(name));
    actions.setLabels(...by, repo, issue, kept);
    return { labelable };
  }),
  clearLabelsFromLabelable: mutation<ClearLabelsFromLabelableInput>((input, context, ...by) => {
    const labelable = needNode(context, input.labelableId, 'Issue', 'PullRequest');
    actions.setLabels(...by, labelable.repo, labelable.issue, []);
    return { labelable };
  }),
  createLabel: mutation<CreateLabelInput>((input, context, ...by) => {
    const { repo } = needNode(context, input.repositoryId, 'Repository');
    const { name, color, description } = input;
    return { label: labelNode(repo, actions.createLabel(...by, repo, { name, color, description: description ?? null })) };
  }),
  updateLabel: mutation<UpdateLabelInput>((input, context, ...by) => {
    const { repo, label } = needNode(context, input.id, 'Label');
    const change = { name: given(input.name), color: given(input.color), description: given(input.description) };
    return { label: labelNode(repo, actions.updateLabel(...by, repo, label, change)) };
  }),
  deleteLabel: mutation<DeleteLabelInput>((input, context, ...by) => {
    const { repo, label } = needNode(context, input.id, 'Label');
    actions.deleteLabel(...by, repo, label);
    return {};
  }),
};
