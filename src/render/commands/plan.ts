/** The dynamic plan: a session's open steps, numbered (L9). */
import { quoteText, truncateMarkdown } from '../markdown.ts';
import { playbookText } from '../playbook/step-line.ts';

export interface PlanView {
  phases: { title: string; steps: string[] }[];
  /** Success criteria of the playbook. */
  success: string[];
  /** Acceptance criteria. */
  acceptance: string[];
}

const MAX = 60_000;

export function planText({ phases, success, acceptance }: PlanView): string {
  let nth = 0;
  const numbered = (texts: readonly string[]) => texts.map((text) => `${++nth}. ${text}`);
  const part = (heading: string, texts: readonly string[]) =>
    texts.length === 0 ? [] : ['', `**${heading}**`, '', ...numbered(texts)];
  const lines = [
    ...phases.flatMap(({ title, steps }) =>
      part(
        playbookText(title, 100),
        steps.map((step) => playbookText(step, 300)),
      ),
    ),
    ...part(
      'Success criteria',
      success.map((text) => playbookText(text, 300)),
    ),
    ...part(
      'Acceptance criteria',
      acceptance.map((text) => quoteText(text, 300)),
    ),
  ];
  if (nth === 0) return 'Nothing is open: every step and criterion is ticked.';
  return truncateMarkdown([`What is open, in order (${nth}):`, ...lines], MAX);
}
