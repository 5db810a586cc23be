/** The archive of a completed session: five files, and the pull request that brings them in (L12, S3). */
import type { Playbook } from '../../model/playbook.ts';
import type { Session, WorklogEntry } from '../../model/session.ts';
import { code, link, quoteText } from '../markdown.ts';
import { playbookText } from '../playbook/step-line.ts';
import { childrenBlock } from './children.ts';
import { proposalBody } from './proposal.ts';

export interface ArchiveView {
  session: Session;
  repoUrl: string;
  playbook: Playbook | null;
  /** The record as it stands in the session's thread. */
  record: string;
  worklog: readonly WorklogEntry[];
  patch: string | null;
  cut: boolean;
}

export const title = (session: Session): string => `docs(archive): ${session.id}`;

export function body(session: Session, folder: string): string {
  return proposalBody({
    what: `The record of the session ${code(session.id)} (${link(session.title, session.url)}), which is completed, as files below ${code(folder)}: context, worklog, plan, sub-sessions and the merged change as a patch. Playcaller keeps them because ${code('archive.path')} is set.`,
    risk: 'None for the product: only new files of text in the archive.',
    testing: 'Written from what the session’s thread shows; nothing is run.',
    rollback: 'Revert this commit; the record stays in the session’s thread.',
  });
}

export function files(view: ArchiveView): { name: string; content: string }[] {
  return [
    { name: 'SESSION.md', content: sessionFile(view) },
    { name: 'worklog.md', content: worklogFile(view) },
    { name: 'active-plan.md', content: planFile(view) },
    { name: 'subsessions.md', content: childrenFile(view) },
    { name: 'final.patch', content: patchFile(view) },
  ];
}

function sessionFile({ session, record }: ArchiveView): string {
  const plain = record.replace(/<!--[\s\S]*?-->\n*/g, '').trim();
  return `# Session ${session.id}\n\nOf ${link(session.title, session.url, 200)}, branch ${code(session.branch)}.\n\n${plain}\n`;
}

function worklogFile({ session, worklog }: ArchiveView): string {
  const lines = worklog.map((entry) => `- ${minute(entry.at)} · ${quoteText(entry.who, 40)}: ${quoteText(entry.text, 1000)}`);
  return [
    `# Worklog of ${session.id}`,
    '',
    'Times are UTC.',
    '',
    ...(lines.length > 0 ? lines : ['Nothing was logged.']),
    '',
  ].join('\n');
}

/** `2026-11-20T08:02:01.000Z` as `2026-11-20 08:02`. */
function minute(at: string): string {
  return at.slice(0, 16).replace('T', ' ');
}

function planFile({ session, playbook }: ArchiveView): string {
  const ticked = new Set(session.ticks);
  const box = (id: string) => (ticked.has(id) ? '[x]' : '[ ]');
  const lines = [`# Plan of ${session.id}`, ''];
  if (!playbook) return [...lines, `The playbook ${code(session.type)} is no longer there.`, ''].join('\n');
  lines.push(`Playbook ${playbookText(playbook.title, 100)} ${playbook.version}. What has no tick was left open.`);
  let nth = 0;
  for (const phase of playbook.phases) {
    lines.push('', `## ${playbookText(phase.title, 100)}`, '');
    for (const step of phase.steps) {
      nth += 1;
      lines.push(`${nth}. ${box(step.id)} ${playbookText(step.text)}`);
    }
  }
  lines.push('', '## Success criteria', '', ...playbook.criteria.map((one) => `- ${box(one.id)} ${playbookText(one.text)}`));
  const own = session.criteria.map((one) => `- ${one.met ? '[x]' : '[ ]'} ${quoteText(one.text, 500)}`);
  if (own.length > 0) lines.push('', '## Acceptance criteria', '', ...own);
  return [...lines, ''].join('\n');
}

function childrenFile({ session }: ArchiveView): string {
  const block = childrenBlock(session.children);
  return `# Sub-sessions of ${session.id}\n\n${block === '' ? 'There were none.' : block}\n`;
}

/** `git apply` passes over lines before the first header, so a note may stand on top. */
function patchFile({ session, patch, cut, repoUrl }: ArchiveView): string {
  const { evidence } = session;
  if (evidence === null || evidence.kind === 'no-code') {
    const why = evidence === null ? '' : `: ${quoteText(evidence.why, 500)}`;
    return `# No code was merged${why}\n`;
  }
  const whole = `${repoUrl}/pull/${evidence.pull}.patch`;
  if (patch === null) return `# GitHub did not give the patch of #${evidence.pull}. It may be too large: ${whole}\n`;
  return cut ? `# Cut after 1 MB. The whole patch: ${whole}\n${patch}\n` : patch;
}
