/** What is sent for each effect fits the schema that GitHub publishes: the document, and the values with it. */
import { schema as published } from '@octokit/graphql-schema';
import type { OperationDefinitionNode } from 'graphql';
import { buildSchema, getVariableValues, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { mutationOf } from '../../src/apply/mutations.ts';
import { write } from '../../src/apply/write.ts';
import type { GitHubClient } from '../../src/github/types.ts';
import type { GitHubEffect } from '../../src/model/effect.ts';
import { all, checkOutput, ofEach } from './effects.ts';

const schema = buildSchema(published.idl, { assumeValid: true });
const LABELS = new Map([['state:planned', 'LA_2']]);

interface Sent {
  document: string;
  variables: Record<string, unknown>;
}

/** Takes down what would have been sent, as it would have been: as JSON. */
async function sentFor(effects: GitHubEffect[]): Promise<Sent[]> {
  const sent: Sent[] = [];
  const client: GitHubClient = {
    async graphql(_operation, document, variables) {
      sent.push({ document, variables: JSON.parse(JSON.stringify(variables)) });
      return { data: null, errors: [{ type: 'NOT_FOUND', path: 'e0', message: 'not sent' }] };
    },
    rest: async (route) => {
      throw new Error(`not asked for: ${route}`);
    },
  };
  await write(client, effects, LABELS);
  return sent;
}

function faultsOf({ document, variables }: Sent): string[] {
  const ast = parse(document);
  const faults = validate(schema, ast).map(({ message }) => message);
  const operation = ast.definitions.find((one): one is OperationDefinitionNode => one.kind === 'OperationDefinition');
  const { errors = [] } = getVariableValues(schema, operation?.variableDefinitions ?? [], variables);
  return [...faults, ...errors.map(({ message }) => message)];
}

describe('each effect by itself', () => {
  it.each(Object.entries(ofEach))('%s', async (_kind, effects) => {
    for (const effect of effects) {
      const [sent, ...more] = await sentFor([effect]);
      expect(more).toEqual([]);
      expect(sent && faultsOf(sent)).toEqual([]);
    }
  });
});

it('all together, in requests of twenty', async () => {
  const many = [...all, ...all, ...all];
  const sent = await sentFor(many);
  expect(sent).toHaveLength(Math.ceil(many.length / 20));
  for (const one of sent) expect(faultsOf(one)).toEqual([]);
});

it('a value that GitHub would not take is seen here', async () => {
  const [sent] = await sentFor([{ kind: 'reaction.add', subjectId: 'IC_1', content: 'eyes' }]);
  expect(faultsOf({ document: sent?.document ?? '', variables: { i0: { subjectId: 'IC_1', content: 'SHRUG' } } })).not.toEqual(
    [],
  );
});

describe('what a mutation says', () => {
  const inputOf = (effect: GitHubEffect) => JSON.parse(JSON.stringify(mutationOf(effect, LABELS).input));

  it('labels: by the ids that are known or were just made, whatever the case', () => {
    expect(ofEach['labels.add'].map(inputOf)).toEqual([{ labelableId: 'I_1', labelIds: ['LA_1', 'LA_2'] }]);
  });

  it('an issue: only what changes', () => {
    expect(ofEach['issue.update'].map(inputOf)).toEqual([
      { id: 'I_1', body: 'board' },
      { id: 'I_1', state: 'OPEN' },
      { id: 'I_1', body: 'board', state: 'CLOSED' },
    ]);
  });

  it('a check run: annotations with its first write only, as GitHub adds them to those that stand there', () => {
    const output = checkOutput();
    const first = inputOf({ kind: 'check.create', repoId: 'R_1', output });
    expect(first.output.annotations).toEqual([
      {
        path: 'src/a.ts',
        location: { startLine: 3, endLine: 3 },
        annotationLevel: 'FAILURE',
        title: 'A secret',
        message: 'Take it out.',
      },
      expect.objectContaining({ annotationLevel: 'NOTICE' }),
    ]);
    expect(inputOf({ kind: 'check.update', repoId: 'R_1', checkId: 'CR_1', output }).output).not.toHaveProperty('annotations');
    const added = { kind: 'check.update' as const, repoId: 'R_1', checkId: 'CR_1', output, annotate: true as const };
    expect(inputOf(added).output.annotations).toEqual(first.output.annotations);
  });

  it('a check run that waits has no conclusion', () => {
    const output = checkOutput({ status: 'in-progress', conclusion: null });
    const waiting = inputOf({ kind: 'check.update', repoId: 'R_1', checkId: 'CR_1', output });
    expect(waiting).toMatchObject({ status: 'IN_PROGRESS' });
    expect(waiting).not.toHaveProperty('conclusion');
  });
});
