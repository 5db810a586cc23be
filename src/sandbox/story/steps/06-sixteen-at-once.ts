/** Step 6: more sessions than slots. */
import { label, openIssues } from '../hands.ts';
import { cardOf, labelsOf, numbersWith } from '../looks.ts';
import { SHOP } from '../people.ts';
import type { Step } from '../story.ts';

const TITLES = [
  'Search forgets the chosen language',
  'Prices without cents show one digit',
  'The basket icon counts removed items',
  'Password reset mail arrives twice',
  'Order history misses the first order',
  'Postcode field rejects leading zeros',
  'Gift wrapping cannot be deselected',
  'Invoice shows the old address',
  'Sorting by price ignores discounts',
  'The newsletter box is ticked by default',
  'Delivery date lies on a Sunday',
  'Stock figure is stale after a return',
  'Images on the product page jump',
  'Wish list loses its order',
  'Filter by size shows nothing for XL',
  'Checkout hangs behind a slow network',
];
const NORMAL_SLOTS = 14;
const PATIENCE_MS = 60_000;

export const sixteenAtOnce: Step = {
  title: 'Sixteen more issues are labelled at once; there are fifteen slots, one of them in reserve',
  async play({ people: { alice, bob }, say }) {
    const numbers = await openIssues(alice, TITLES);
    await Promise.all(numbers.map((number) => label(alice, number, 'session:bug-fix')));
    say.did('alice', `labels #${Math.min(...numbers)} to #${Math.max(...numbers)} session:bug-fix, all at once`);

    const states = async () => ({
      active: await numbersWith(alice, 'state:active'),
      planned: await numbersWith(alice, 'state:planned'),
    });
    const { planned } = await say.check(
      `${NORMAL_SLOTS} are active and the other ${numbers.length - NORMAL_SLOTS} planned`,
      states,
      (seen) => seen.active.length === NORMAL_SLOTS && seen.planned.length === numbers.length - NORMAL_SLOTS,
      PATIENCE_MS,
    );
    const places = async () => (await Promise.all(planned.map(async (number) => placeIn(await cardOf(alice, number))))).sort();
    await say.check('their cards tell them their places: 1 and 2', places, (seen) => seen.join() === '1,2');

    const [urgent = 0] = await openIssues(bob, ['Customers are charged twice']);
    await label(bob, urgent, 'session:bug-fix', 'fast-lane');
    say.did('bob', `opens #${urgent} “Customers are charged twice” and labels it session:bug-fix and fast-lane`);
    await say.check(
      `#${urgent} takes the reserve: it is active`,
      () => labelsOf(bob, urgent),
      (labels) => labels.includes('state:active'),
    );
    await say.check(
      'that makes fifteen; the two others still wait',
      states,
      (seen) => seen.active.length === NORMAL_SLOTS + 1 && seen.planned.length === 2,
    );

    const first = (
      await Promise.all(planned.map(async (number) => ({ number, place: placeIn(await cardOf(alice, number)) })))
    ).find((one) => one.place === '1')?.number;
    const closing = numbers.find((number) => !planned.includes(number)) ?? 0;
    await bob.rest.issues.update({ ...SHOP, issue_number: closing, state: 'closed', state_reason: 'not_planned' });
    say.did('bob', `closes #${closing} as not planned`);
    await say.check(
      `#${closing} is abandoned`,
      () => labelsOf(bob, closing),
      (labels) => labels.includes('state:abandoned'),
    );
    await say.check(
      `#${first}, first in line, starts by itself`,
      () => labelsOf(alice, first ?? 0),
      (labels) => labels.includes('state:active') && !labels.includes('state:planned'),
    );
    const last = planned.find((number) => number !== first) ?? 0;
    await say.check(
      `#${last} moves up to place 1`,
      async () => placeIn(await cardOf(alice, last)),
      (place) => place === '1',
    );
  },
};

/** The place that a card tells, as text; empty when it tells none. */
export function placeIn(card: string): string {
  return /place (\d+)/.exec(card)?.[1] ?? '';
}
