/** Check runs: made and changed by apps. */
import type {
  CheckAnnotationData,
  CreateCheckRunInput,
  RerequestCheckSuiteInput,
  UpdateCheckRunInput,
} from '@octokit/graphql-schema';
import * as actions from '../../actions/index.ts';
import type { CheckAnnotation, CheckRun } from '../../state/checks.ts';
import { unknownId, unprocessable } from '../errors.ts';
import { needNode } from '../lookup.ts';
import { checkRunNode } from '../nodes.ts';
import type { Fields } from '../types.ts';
import { given, mutation } from './mutation.ts';

const levels: Record<string, CheckAnnotation['level']> = { FAILURE: 'failure', NOTICE: 'notice', WARNING: 'warning' };

function annotation(data: CheckAnnotationData): CheckAnnotation {
  return {
    path: data.path,
    startLine: data.location.startLine,
    endLine: data.location.endLine,
    level: levels[data.annotationLevel] ?? 'notice',
    title: data.title ?? null,
    message: data.message,
    rawDetails: data.rawDetails ?? null,
  };
}

type Conclusion = NonNullable<CheckRun['conclusion']>;

function conclusion(name: string | null | undefined): Conclusion | undefined {
  if (!name) return undefined;
  if (name === 'STARTUP_FAILURE' || name === 'STALE') throw unprocessable(`Conclusion ${name} can only be set by GitHub.`);
  return name.toLowerCase() as Conclusion;
}

/** The part of the inputs that making and changing share. */
function checkInput(input: CreateCheckRunInput | UpdateCheckRunInput): actions.CheckInput {
  const { output } = input;
  return {
    status: input.status ? (input.status.toLowerCase() as CheckRun['status']) : undefined,
    conclusion: conclusion(input.conclusion),
    externalId: given(input.externalId),
    detailsUrl: given(input.detailsUrl),
    startedAt: given(input.startedAt),
    completedAt: given(input.completedAt),
    output: output
      ? {
          title: output.title,
          summary: output.summary,
          text: given(output.text),
          annotations: output.annotations?.map(annotation),
        }
      : undefined,
    actions: input.actions ? [...input.actions] : undefined,
  };
}

export const checkMutations: Fields<unknown> = {
  createCheckRun: mutation<CreateCheckRunInput>((input, context, ...by) => {
    const { repo } = needNode(context, input.repositoryId, 'Repository');
    const run = actions.createCheckRun(...by, repo, input.name, String(input.headSha), checkInput(input));
    return { checkRun: checkRunNode(repo, run) };
  }),
  updateCheckRun: mutation<UpdateCheckRunInput>((input, context, ...by) => {
    const { repo } = needNode(context, input.repositoryId, 'Repository');
    const node = needNode(context, input.checkRunId, 'CheckRun');
    if (node.repo !== repo) throw unknownId(input.checkRunId);
    const change = { ...checkInput(input), name: given(input.name) };
    return { checkRun: checkRunNode(repo, actions.updateCheckRun(...by, repo, node.run, change)) };
  }),
  rerequestCheckSuite: mutation<RerequestCheckSuiteInput>((input, context, ...by) => {
    const node = needNode(context, input.checkSuiteId, 'CheckSuite');
    actions.rerequestSuite(...by, node.repo, node.suite);
    return { checkSuite: node };
  }),
};
