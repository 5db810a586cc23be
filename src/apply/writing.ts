/** What applying writes to, and under which lease. */
import type { GitHubClient } from '../github/types.ts';
import type { RepoName } from '../model/repo.ts';
import type { Lease } from '../store/inbox-types.ts';
import type { Ledger } from '../store/ledger-types.ts';

export interface Writing {
  client: GitHubClient;
  ledger: Ledger;
  lease: Lease;
  repo: RepoName;
  now(): Date;
}
