/** A file's plan for the terminal, in the lines of S2's sweeper (W13). */
import type { FilePlan, ShipRank, SweepPlan } from '../../model/plan.ts';
import { cleanText } from '../markdown.ts';
import { columnsOf, inColumns, wrapped } from './columns.ts';
import { blockerWords } from './rank-reason.ts';
import { count, statusWord } from './words.ts';

/** Characters in a line, unless a single word is longer. */
export const WIDTH = 100;
/** Longer names stand on a line of their own. */
const NAME_COLUMNS = 32;
const MAX_NAME = 90;
const MAX_CATEGORY = 20;

/** Plain text that ends with a line break; what the file says is shown without control characters. Same plan, same bytes. */
export function planText(plan: FilePlan): string {
  const { archived } = plan;
  const lines = [
    ...pressureLines(plan, archived, plan.blockers.length),
    '',
    ...shipOrder(plan),
    '',
    ...blockers(plan),
    '',
    ...listed('Cold categories', coldWords(plan), ', '),
    ...listed('Backfill queue', queueWords(plan), ' → '),
    ...aside(plan),
  ];
  return `${lines.join('\n')}\n`;
}

/** @param blocked open sessions that are blocked */
export function pressureLines(plan: SweepPlan, archived: number, blocked: number): string[] {
  const { observed, open, capacity, reserve, freeSlotsNeeded } = plan;
  return [
    `Sessions observed: ${observed} (${open} open, ${archived} archived; capacity ${capacity}, reserve ${reserve})`,
    `Free slots needed: ${freeSlotsNeeded} (${pressure(plan, blocked)})`,
  ];
}

/** What the number of free slots asks for. */
function pressure({ freeSlotsNeeded: needed, open, capacity, reserve }: SweepPlan, blocked: number): string {
  if (needed === 0) {
    const free = capacity - reserve - open;
    return free === 0 ? 'full: ship one before you start one' : `${free} more may start`;
  }
  const shippable = open - blocked;
  if (shippable >= needed) return needed === 1 ? 'ship the first one below' : `ship the first ${needed} below`;
  const rest = `unblock or archive ${needed - shippable}`;
  return shippable === 0 ? `nothing can be shipped: ${rest}` : `ship the first ${shippable} below, ${rest}`;
}

export function shipOrder({ shipOrder }: Pick<SweepPlan, 'shipOrder'>): string[] {
  if (shipOrder.length === 0) return ['Close/ship in this order: nothing is open'];
  const names = shipOrder.map(({ name }) => cleanText(name, MAX_NAME));
  const categories = shipOrder.map(({ category }) => cleanText(category ?? '–', MAX_CATEGORY));
  const digits = String(shipOrder.length).length;
  const [nameWidth, categoryWidth] = [Math.min(NAME_COLUMNS, widest(names)), widest(categories)];
  return [
    'Close/ship in this order:',
    ...shipOrder.flatMap((rank, index) => {
      const start = `  ${String(rank.rank).padStart(digits)}. `;
      const name = names[index] ?? '';
      const tail = `  ${inColumns(categories[index] ?? '', categoryWidth)}  `;
      if (columnsOf(name) <= nameWidth) return wrapped(start + inColumns(name, nameWidth) + tail, phrase(rank), WIDTH);
      return [start + name, ...wrapped(' '.repeat(start.length + nameWidth) + tail, phrase(rank), WIDTH)];
    }),
  ];
}

/** A blocker's own words stand further down, once. */
function phrase({ blocked, status, remainingSteps, ageDays, because }: ShipRank): string {
  const work = status === 'needs-more-work' ? `${count(remainingSteps, 'step')} left` : statusWord(status);
  return `${blocked ? `blocked (${work})` : because}${ageDays === null ? '' : `, ${age(ageDays)}`}`;
}

function age(days: number): string {
  return `${count(Math.floor(days), 'day')} old`;
}

function blockers({ blockers }: FilePlan): string[] {
  if (blockers.length === 0) return ['Blockers: none'];
  return [
    'Blockers:',
    ...blockers.flatMap(({ name, blocker, ageDays }) => {
      const since = ageDays === null ? '' : ` (session ${age(ageDays)})`;
      return wrapped('  - ', `${cleanText(name, MAX_NAME)}: ${blockerWords(blocker)}${since}`, WIDTH);
    }),
  ];
}

function coldWords({ coldCategories }: FilePlan): string[] {
  return coldCategories.length === 0 ? ['none'] : coldCategories;
}

function queueWords({ backfill }: FilePlan): string[] {
  return backfill.length === 0 ? ['nothing: every category has an open session'] : backfill;
}

/** What would be lost otherwise: sessions that no category of the rotation counts. */
function aside({ unlistedCategories, withoutCategory }: FilePlan): string[] {
  const unlisted = unlistedCategories.map(
    ({ category, sessions }) => `${cleanText(category, MAX_CATEGORY)} (${count(sessions, 'session')})`,
  );
  return [
    ...(unlisted.length > 0 ? listed('Not in the rotation', unlisted, ', ') : []),
    ...(withoutCategory > 0 ? [`Without a category: ${count(withoutCategory, 'session')}`] : []),
  ];
}

function listed(title: string, names: string[], separator: string): string[] {
  const text = names.map((name) => cleanText(name, 80)).join(separator);
  return wrapped(`${title}: `, text, WIDTH, 2);
}

function widest(texts: string[]): number {
  return texts.reduce((most, text) => Math.max(most, columnsOf(text)), 0);
}
