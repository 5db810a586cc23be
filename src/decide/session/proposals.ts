/** Pull requests that a completed session leaves behind: its archive (L12), its module's new status (P5). Each once. */
import type { GitHubEffect, LedgerEffect } from '../../model/effect.ts';
import type { LaneFacts, Proposed } from '../../model/lane-facts.ts';
import { archiveBranch, COMPLETED, modulesBranch } from '../../model/own-branches.ts';
import { subjectLane } from '../../model/repo.ts';
import type { Session } from '../../model/session.ts';
import * as words from '../../render/session/archive.ts';
import * as modules from '../../render/session/modules-pull.ts';
import type { Advance } from './move.ts';
import { playbookOf, recordBody, type Shown } from './view.ts';

interface Effects {
  github: GitHubEffect[];
  ledger: LedgerEffect[];
}

interface Proposal extends Proposed {
  role: 'archive' | 'modules';
  name: string;
  title: string;
  body: string;
  files: { path: string; content: string }[];
}

export function proposals({ session, moves }: Advance, shown: Shown, facts: LaneFacts): Effects {
  const { repo, proposals: wanted } = facts;
  if (session.state !== 'completed') return { github: [], ledger: [] };
  if (moves.some((move) => move.to === 'completed')) {
    // What they are made of is only read once the session is completed.
    const unset = repo.registry?.modules.some(({ id, status }) => id === session.records.module && status !== 'present') ?? false;
    const wants = repo.config.archive.path !== null || unset;
    const lane = subjectLane(repo.name, session.number);
    return { github: [], ledger: wants ? [{ kind: 'wake', lane, why: COMPLETED }] : [] };
  }
  const made = [archive(session, shown, facts), moduleStatus(session, facts)].filter((one) => one !== null);
  return wanted === undefined ? { github: [], ledger: [] } : join(made.map((one) => propose(one, session, facts)));
}

function archive(session: Session, shown: Shown, { repo, proposals: wanted }: LaneFacts): Proposal | null {
  const { path } = repo.config.archive;
  const known = wanted?.archive;
  if (path === null || !known) return null;
  const folder = `${path.replace(/^\/+|\/+$/g, '')}/completed/${session.id}`.replace(/^\//, '');
  const { patch, cut, worklog } = known;
  const record = recordBody({ ...shown, worklog }, repo);
  const files = words.files({ session, repoUrl: repo.url, playbook: playbookOf(session, repo), record, worklog, patch, cut });
  return {
    ...known,
    role: 'archive',
    name: archiveBranch(session.id),
    title: words.title(session),
    body: words.body(session, folder),
    files: files.map(({ name, content }) => ({ path: `${folder}/${name}`, content })),
  };
}

function moduleStatus(session: Session, { repo, proposals: wanted }: LaneFacts): Proposal | null {
  const known = wanted?.modules;
  // A registry that is broken just now is its owner's to mend first: our text would undo their edit.
  if (!known || repo.faults.some((fault) => fault.file === modules.FILE)) return null;
  const { module, text } = known;
  return {
    ...known,
    role: 'modules',
    name: modulesBranch(session.id),
    title: modules.title(module),
    body: modules.body(session, module),
    files: [{ path: modules.FILE, content: text }],
  };
}

/** A pull request that is there is left to people, open or not; what a crash left half made is finished. */
function propose(proposal: Proposal, session: Session, { repo }: LaneFacts): Effects {
  const { role, pull, branch, name, title, body, files } = proposal;
  const remember = { number: session.number, role };
  if (pull !== null) return { github: [], ledger: [{ kind: 'artefact.remember', repo: repo.name, ...remember, id: pull }] };
  const head = repo.defaultBranch;
  if (head === null) return { github: [], ledger: [] };
  const github: GitHubEffect[] = [];
  if (branch === null) github.push({ kind: 'branch.create', repoId: repo.id, name, sha: head.sha });
  if (branch?.headline !== title) {
    const expected = branch?.sha ?? head.sha;
    github.push({ kind: 'commit.create', repo: repo.name, branch: name, expected, headline: title, files });
  }
  github.push({ kind: 'pull.create', repoId: repo.id, base: head.name, head: name, title, body, remember });
  return { github, ledger: [] };
}

function join(parts: readonly Effects[]): Effects {
  return { github: parts.flatMap((part) => part.github), ledger: parts.flatMap((part) => part.ledger) };
}
