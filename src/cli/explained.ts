/** What `explain` found, as data: facts, items, verdict, and where another configuration would say something else. */

import { CONFIG_PATH } from '../config/resolve-configuration.ts';
import { verdictOf } from '../decide/gate/verdict.ts';
import { gateFacts } from '../decide/pull/decide-pull.ts';
import type { Config, Fault } from '../model/config.ts';
import type { LaneFacts } from '../model/lane-facts.ts';
import type { PullFacts } from '../model/pull-facts.ts';
import type { ItemLevel, ItemStatus, Verdict } from '../model/verdict.ts';

/** A configuration to judge under instead of the one in force. */
export interface Trial {
  file: string;
  config: Config;
}

interface Judged {
  level: ItemLevel;
  status: ItemStatus;
}

export interface Difference {
  id: string;
  /** Null: off. */
  inForce: Judged | null;
  underFile: Judged | null;
}

export interface Explained {
  repo: string;
  now: string;
  pull: PullFacts;
  session: { number: number; id: string; type: string; state: string } | null;
  /** Others with the same head. */
  sharesHeadWith: number[];
  configuration: { source: string; faults: Fault[] };
  /** Null when it is closed or merged. */
  verdict: Verdict | null;
  trial: { file: string; inForce: Verdict | null; differences: Difference[] } | null;
}

export function explained(facts: LaneFacts, pull: PullFacts, trial: Trial | null): Explained {
  const session = (facts.own ?? facts.served)?.session ?? null;
  const inForce = judgePull(facts, pull);
  const { repo } = facts;
  // The faults of the file that is tried were told before; others stay in force.
  const faults = trial ? repo.faults.filter(({ file }) => file !== CONFIG_PATH) : repo.faults;
  const verdict = trial ? judgePull({ ...facts, repo: { ...repo, config: trial.config, faults } }, pull) : inForce;
  return {
    repo: repo.name,
    now: facts.now,
    pull,
    session: session && { number: session.number, id: session.id, type: session.type, state: session.state },
    sharesHeadWith: (facts.siblings ?? []).map(({ number }) => number),
    configuration: { source: trial ? trial.file : SOURCES[repo.configSource], faults },
    verdict,
    trial: trial && { file: trial.file, inForce, differences: differences(inForce, verdict) },
  };
}

/** Closed and merged ones have no verdict. */
function judgePull(facts: LaneFacts, pull: PullFacts): Verdict | null {
  return pull.state === 'open' ? verdictOf(gateFacts(facts, pull)) : null;
}

const SOURCES: Record<LaneFacts['repo']['configSource'], string> = {
  repository: `${CONFIG_PATH} on the default branch`,
  owner: `${CONFIG_PATH} of the owner's .github repository`,
  'last-good': `the last good ${CONFIG_PATH}; the one on the default branch is faulty`,
  defaults: `the defaults; there is no ${CONFIG_PATH}`,
};

function differences(inForce: Verdict | null, underFile: Verdict | null): Difference[] {
  const [before, after] = [byId(inForce), byId(underFile)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((id) => {
    const pair = { id, inForce: before.get(id) ?? null, underFile: after.get(id) ?? null };
    return JSON.stringify(pair.inForce) === JSON.stringify(pair.underFile) ? [] : [pair];
  });
}

function byId(verdict: Verdict | null): Map<string, Judged> {
  return new Map((verdict?.items ?? []).map(({ id, level, status }) => [id, { level, status }]));
}

/** For `--json`: evidence and mend are Markdown. */
export function explainedJson({ repo, now, pull, session, sharesHeadWith, configuration, verdict, trial }: Explained) {
  const { number, title, url, state, draft, author, files, filesTotal, checks, checksCut, reviews = [] } = pull;
  return {
    repo,
    number,
    title,
    url,
    at: now,
    facts: {
      head: { sha: pull.headSha, branch: pull.headRef, repo: pull.headRepo },
      base: { sha: pull.baseSha, branch: pull.baseRef },
      author,
      state,
      draft,
      session,
      files: { total: filesTotal, listed: files },
      checks: checks.map(({ kind, name, app, state: said, required, url: address }) => ({
        kind,
        name,
        app,
        state: said,
        required,
        url: address,
      })),
      checksCut,
      reviews,
      sharesHeadWith,
      configuration,
    },
    verdict: verdict && { state: verdict.state, items: verdict.items },
    ...(trial ? { trial: { file: trial.file, inForce: trial.inForce?.state ?? null, differences: trial.differences } } : {}),
  };
}
