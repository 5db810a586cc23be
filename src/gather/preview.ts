/** What a changed configuration would be applied to: the open pull requests, as of their last verdicts (G4). */
import { resolveConfiguration } from '../config/resolve-configuration.ts';
import type { SessionLedger } from '../model/facts.ts';
import type { Judged, LaneFacts, Preview } from '../model/lane-facts.ts';
import type { OwnCheck, PullFacts } from '../model/pull-facts.ts';
import type { RepoName } from '../model/repo.ts';
import type { PullDetail } from '../model/verdict.ts';
import type { Ledger } from '../store/ledger-types.ts';
import type { ConfigurationFragment } from './generated/graphql.ts';
import { ownerFiles } from './home.ts';

/** So many are judged under both configurations, and with so many files in all; the others are counted. */
const MAX_JUDGED = 100;
const MAX_FILES = 1500;

/** Nothing for a pull request that leaves the configuration alone. */
export async function previewOf(
  pull: PullFacts | null,
  ownCheck: OwnCheck | null,
  ownerHome: ConfigurationFragment | null,
  repo: RepoName,
  ledger: Ledger,
): Promise<Pick<LaneFacts, 'preview'>> {
  const repository = pull?.scan.configuration;
  if (pull?.state !== 'open' || !repository) return {};
  const owner = ownerFiles(ownerHome, repo);
  const { config, source, playbooks, faults } = resolveConfiguration({ repository, owner, lastGood: null });
  // What is wrong with the owner's files cannot be mended here.
  const theirs = resolveConfiguration({ repository: {}, owner, lastGood: null }).faults.map((fault) => JSON.stringify(fault));
  const own = faults.filter((fault) => !theirs.includes(JSON.stringify(fault)));
  const preview: Preview = {
    config,
    source,
    playbooks,
    faults: own,
    pulls: own.length > 0 ? [] : await judgedPulls(repo, pull.number, ledger),
    total: await ledger.countOpenPulls(repo),
    ownCheck,
  };
  return { preview };
}

/** The pull request itself is left out: its facts were read just now. */
async function judgedPulls(repo: RepoName, own: number, ledger: Ledger): Promise<Judged[]> {
  const details = await ledger.openDetails(repo, MAX_JUDGED);
  const sessions = new Map<number, SessionLedger | null>();
  const judged: Judged[] = [];
  let files = 0;
  for (const detail of details) {
    const pull = detail.number === own ? null : await wholePull(detail, repo, ledger);
    if (!pull || files + pull.files.length > MAX_FILES) continue;
    files += pull.files.length;
    const number = (await ledger.pull(repo, detail.number))?.session ?? null;
    if (number !== null && !sessions.has(number)) sessions.set(number, await ledger.session(repo, number));
    judged.push({ pull, session: number === null ? null : (sessions.get(number) ?? null) });
  }
  return judged;
}

/** Null while the ledger holds no scan of that head. */
async function wholePull({ pull, number, headSha }: PullDetail, repo: RepoName, ledger: Ledger): Promise<PullFacts | null> {
  const scan = await ledger.scan(repo, number);
  return scan && scan.headSha === headSha ? { ...pull, files: scan.files, scan } : null;
}
