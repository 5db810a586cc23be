/** Sessions from their label to their end, without pull requests. */
import { commitFile, label, tickNext } from '../../src/sandbox/story/hands.ts';
import { CARD, PLAYBOOK } from '../../src/sandbox/story/looks.ts';
import { SHOP } from '../../src/sandbox/story/people.ts';
import { BODY, begin, commentOf } from './hands.ts';
import type { Scene } from './scenes.ts';

const oneSession: Scene = async ({ alice, bot, act, settle }) => {
  await act(() => alice.rest.issues.create({ ...SHOP, title: 'Checkout total is wrong', body: BODY }));
  await settle({ '#1': 'issue-without-session-label' });
  await act(() => label(alice, 1, 'session:bug-fix'));
  await settle({ '#1': 'start' });

  const before = await commentOf(alice, 1, PLAYBOOK);
  await act(() => tickNext(alice, before.comment_id));
  await settle({ '#1': 'tick' });

  const ticked = await commentOf(alice, 1, PLAYBOOK);
  await act(async () => {
    await tickNext(alice, ticked.comment_id);
    // A write of ours that was on its way when she ticked.
    await bot.rest.issues.updateComment({ ...SHOP, ...ticked });
  });
  await settle({ '#1': 'tick-lost' });

  const card = await commentOf(alice, 1, CARD);
  await act(() => alice.rest.issues.deleteComment({ ...SHOP, comment_id: card.comment_id }));
  await settle({ '#1': 'card-deleted' });

  await act(() => label(alice, 1, 'state:completed'));
  await settle({ '#1': 'state-label-refused' });
  await act(() => alice.rest.issues.update({ ...SHOP, issue_number: 1, body: BODY.replace('[ ]', '[x]') }));
  await settle({ '#1': 'criterion-ticked' });
  await act(() => label(alice, 1, 'state:abandoned'));
  await settle({ '#1': 'state-label-obeyed' });
};

const wrongLabels: Scene = async ({ alice, act, settle }) => {
  await act(async () => {
    await alice.rest.issues.create({ ...SHOP, title: 'Two at once', labels: ['session:bug-fix', 'session:feature'] });
    await alice.rest.issues.create({ ...SHOP, title: 'Mistyped', labels: ['session:bugfix'] });
  });
  await settle({ '#1': 'start-two-types', '#2': 'start-unknown-type' });
};

const twoSlots: Scene = async (studio) => {
  const { alice, act, settle } = studio;
  await act(() =>
    commitFile(alice, 'main', '.github/playcaller.yml', 'version: 1\ncapacity: 2\nreserve: 1\n', 'chore: two slots'),
  );
  await settle();
  await begin(studio, '');
  await act(() => alice.rest.issues.create({ ...SHOP, title: 'Receipts are cut off', labels: ['session:bug-fix'] }));
  await settle({ '#2': 'start-over-capacity' });
  const urgent = { ...SHOP, title: 'Shop is down', labels: ['session:bug-fix', 'fast-lane'] };
  const { data: issue } = await act(() => alice.rest.issues.create(urgent));
  await settle({ [`#${issue.number}`]: 'start-fast-lane' });
  await act(() => alice.rest.issues.update({ ...SHOP, issue_number: 1, state: 'closed', state_reason: 'not_planned' }));
  await settle({ '#1': 'closed-abandoned', '#2': 'slot-free' });
  await act(() => alice.rest.issues.update({ ...SHOP, issue_number: 1, state: 'open' }));
  await settle({ '#1': 'reopened' });
};

const deleted: Scene = async (studio) => {
  const { alice, act, settle } = studio;
  await begin(studio);
  const { data: issue } = await alice.rest.issues.get({ ...SHOP, issue_number: 1 });
  const document = 'mutation ($id: ID!) { deleteIssue(input: { issueId: $id }) { clientMutationId } }';
  await act(() => alice.graphql(document, { id: issue.node_id }));
  await settle({ '#1': 'issue-gone' });
};

export const sessionScenes: Scene[] = [oneSession, wrongLabels, twoSlots, deleted];
