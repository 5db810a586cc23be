/** The session record: the closing comment of a completed session (L12). */
import type { Step } from '../../model/playbook.ts';
import type { Session } from '../../model/session.ts';
import { code, quoteText } from '../markdown.ts';
import { stepLine } from '../playbook/step-line.ts';
import { childrenBlock } from './children.ts';

export interface RecordView {
  session: Session;
  repoUrl: string;
  playbook: { title: string; done: number; total: number; open: string[] } | null;
  log: { day: string; who: string; text: string }[];
}

const LINES = 60;

export function renderRecord(view: RecordView): string {
  const { session } = view;
  return [
    '<!-- playcaller:record -->',
    `### Session ${code(session.id)} is completed`,
    `${quoteText(session.title, 200)} · ${session.type} · ${days(session)}`,
    change(view),
    criteria(session),
    plan(view),
    childrenBlock(session.children),
    [
      '**Worklog**',
      ...view.log.slice(-LINES).map((entry) => `- ${entry.day} · ${quoteText(entry.who, 40)}: ${quoteText(entry.text, 300)}`),
    ].join('\n'),
    afterMerge(session),
  ]
    .filter((block) => block !== '')
    .join('\n\n');
}

/** Ids as in a playbook, so that ticks are read the same way; the sweep asks for them after 48 hours (W11, S2). */
const AFTER_MERGE: readonly Step[] = [
  { id: 'after-smoke', text: 'A smoke test or synthetic run in the target environment shows that it works there.', details: [] },
  { id: 'after-monitors', text: 'Monitors, dashboards and alerts show the new behaviour.', details: [] },
  {
    id: 'after-lessons',
    text: 'What was learned is in the backlog or the rotation, so that it does not come back.',
    details: [],
  },
];

/** Written once: its ticks are people's. */
function afterMerge({ evidence }: Session): string {
  if (evidence?.kind !== 'merged') return '';
  return ['**After the merge,** within 48 hours', ...AFTER_MERGE.map((step) => stepLine(step, false))].join('\n');
}

function days(session: Session): string {
  const from = (session.startedAt ?? session.plannedAt).slice(0, 10);
  const to = (session.endedAt ?? from).slice(0, 10);
  return from === to ? from : `${from} to ${to}`;
}

function change({ session, repoUrl }: RecordView): string {
  const { evidence } = session;
  if (evidence === null) return '**Change:** none';
  if (evidence.kind === 'no-code') return `**Change:** no code. ${quoteText(evidence.by, 40)}: ${quoteText(evidence.why, 500)}`;
  const { pull, baseSha, headSha, mergeSha } = evidence;
  const range = `${code(baseSha.slice(0, 7))}…${code(headSha.slice(0, 7))}`;
  return `**Change:** #${pull}, merged as ${code(mergeSha.slice(0, 7))} · [final patch](${repoUrl}/compare/${baseSha}...${headSha}.patch) (base ${range} head)`;
}

function criteria({ criteria: list }: Session): string {
  if (list.length === 0) return '**Acceptance criteria:** none were set.';
  return [
    '**Acceptance criteria**',
    ...list.map((criterion) => `- ${criterion.met ? '✅' : '⬜'} ${quoteText(criterion.text, 300)}`),
  ].join('\n');
}

function plan({ playbook }: RecordView): string {
  if (!playbook) return '**Plan:** its playbook is no longer there.';
  const open =
    playbook.open.length === 0
      ? 'all done'
      : `left open: ${playbook.open
          .slice(0, 20)
          .map((text) => quoteText(text, 120))
          .join('; ')}`;
  return `**Plan:** ${quoteText(playbook.title, 100)}, ${playbook.done} of ${playbook.total} steps · ${open}`;
}
