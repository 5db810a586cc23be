/** One ledger effect to its rows; each may be repeated. */
import { createHash } from 'node:crypto';
import type { LedgerEffect } from '../model/effect.ts';
import type { PullRecord, Transition, WorklogEntry } from '../model/session.ts';
import { forgetBoardPages, keepBoardPage } from './board-pages.ts';
import { addChecksSeen } from './checks-seen.ts';
import type { Tx } from './engine.ts';
import { savePlan } from './plans.ts';
import { saveSession } from './save-session.ts';

/** Effects that change this ledger only; `wake` goes to the lanes. */
export type RecordEffect = Exclude<LedgerEffect, { kind: 'wake' }>;

/** @returns `false` when the facts behind it have moved. */
export async function record(tx: Tx, effect: RecordEffect): Promise<boolean> {
  switch (effect.kind) {
    case 'session.save':
      return saveSession(tx, effect.session, effect.claim);
    case 'transition.add':
      await addTransition(tx, effect.transition);
      break;
    case 'worklog.add':
      await addEntry(tx, effect.entry);
      break;
    case 'pull.save':
      await savePull(tx, effect.pull);
      break;
    case 'scan.save': {
      const { repo, number } = effect;
      const data = JSON.stringify(effect.scan);
      await tx
        .insertInto('scan')
        .values({ repo, number, data })
        .onConflict((on) => on.columns(['repo', 'number']).doUpdateSet({ data }))
        .execute();
      break;
    }
    case 'checks.seen':
      await addChecksSeen(tx, effect.checks);
      break;
    case 'detail.save': {
      const { repo, number } = effect.detail;
      const data = JSON.stringify(effect.detail);
      await tx
        .insertInto('pull_detail')
        .values({ repo, number, data })
        .onConflict((on) => on.columns(['repo', 'number']).doUpdateSet({ data }))
        .execute();
      break;
    }
    case 'cycle.save': {
      const { repo, day, number } = effect.cycle;
      const data = JSON.stringify(effect.cycle);
      await tx
        .insertInto('cycle')
        .values({ repo, day, number, data })
        .onConflict((on) => on.columns(['repo', 'day']).doUpdateSet({ number, data }))
        .execute();
      break;
    }
    case 'plan.save':
      await savePlan(tx, effect.plan);
      break;
    case 'board-page.keep':
      await keepBoardPage(tx, effect.page);
      break;
    case 'board-pages.forget':
      await forgetBoardPages(tx, effect.repo);
      break;
    case 'command.done': {
      const { repo, commentId: comment_id, line } = effect;
      await tx
        .insertInto('command_done')
        .values({ repo, comment_id, line, line_digest: digest(line) })
        .onConflict((on) => on.doNothing())
        .execute();
      break;
    }
    case 'artefact.remember': {
      const { repo, number, role, id } = effect;
      await tx
        .insertInto('artefact')
        .values({ repo, number, role, id })
        .onConflict((on) => on.columns(['repo', 'number', 'role']).doUpdateSet({ id }))
        .execute();
      break;
    }
    case 'artefact.forget': {
      const { repo, number, role } = effect;
      await tx.deleteFrom('artefact').where('repo', '=', repo).where('number', '=', number).where('role', '=', role).execute();
      break;
    }
  }
  return true;
}

async function addTransition(tx: Tx, transition: Transition): Promise<void> {
  const { repo, number, from, to, at } = transition;
  await tx
    .insertInto('transition')
    .values({ repo, number, from_state: from ?? '', to_state: to, at: Date.parse(at), data: JSON.stringify(transition) })
    .onConflict((on) => on.doNothing())
    .execute();
}

async function addEntry(tx: Tx, entry: WorklogEntry): Promise<void> {
  const { repo, number, key, at } = entry;
  await tx
    .insertInto('worklog')
    .values({ repo, number, key_digest: digest(key), at: Date.parse(at), data: JSON.stringify(entry) })
    .onConflict((on) => on.doNothing())
    .execute();
}

async function savePull(tx: Tx, pull: PullRecord): Promise<void> {
  const { repo, number, session, headSha: head_sha, state } = pull;
  const row = { repo, number, session, head_sha, state, data: JSON.stringify(pull) };
  await tx
    .insertInto('pull')
    .values(row)
    .onConflict((on) => on.columns(['repo', 'number']).doUpdateSet(row))
    .execute();
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
