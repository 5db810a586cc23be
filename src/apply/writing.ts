/** What applying writes to, and under which lease. */
import type { GitHubClient } from '../github/types.ts';
import type { RepoName } from '../model/repo.ts';
import type { Lease, Ledger } from '../store/types.ts';

export interface Writing {
  client: GitHubClient;
  ledger: Ledger;
  lease: Lease;
  repo: RepoName;
  now(): Date;
}
