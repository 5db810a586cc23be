/** Look-ups over one moment of the world, built when first asked for: no node scans a whole map. */
import type { CheckRun, CheckSuite, Status } from '../state/checks.ts';
import type { Comment, Issue } from '../state/issues.ts';
import type { Review } from '../state/pulls.ts';
import type { Repository } from '../state/repository.ts';
import type { World } from '../state/world.ts';

/** An issue and where it lies. */
export interface Placed {
  repo: Repository;
  issue: Issue;
}

interface RepoIndex {
  comments: Map<number, Comment[]>;
  reviews: Map<number, Review[]>;
  runsBySuite: Map<number, CheckRun[]>;
  suitesBySha: Map<string, CheckSuite[]>;
  statusesBySha: Map<string, Status[]>;
  pullsByHeadSha: Map<string, Issue[]>;
}

/** Adds to the list under `key`. */
export function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function group<K, V>(values: Iterable<V>, key: (value: V) => K | null): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  for (const value of values) {
    const under = key(value);
    if (under !== null) append(groups, under, value);
  }
  return groups;
}

/** Valid until the world changes: a mutation starts a new one. */
export class ReadIndex {
  readonly #world: World;
  readonly #repos = new Map<number, Partial<RepoIndex>>();
  #issues: Map<number, Placed> | null = null;
  #pulls: Map<number, Placed> | null = null;

  constructor(world: World) {
    this.#world = world;
  }

  #of<F extends keyof RepoIndex>(repo: Repository, field: F, build: () => RepoIndex[F]): RepoIndex[F] {
    let index = this.#repos.get(repo.id);
    if (!index) {
      index = {};
      this.#repos.set(repo.id, index);
    }
    const known: Partial<RepoIndex>[F] = index[field];
    if (known) return known;
    const built = build();
    index[field] = built;
    return built;
  }

  comments(repo: Repository, number: number): Comment[] {
    return this.#of(repo, 'comments', () => group(repo.comments.values(), (one) => one.issueNumber)).get(number) ?? [];
  }

  reviews(repo: Repository, number: number): Review[] {
    return this.#of(repo, 'reviews', () => group(repo.reviews.values(), (one) => one.pullNumber)).get(number) ?? [];
  }

  runs(repo: Repository, suiteId: number): CheckRun[] {
    return this.#of(repo, 'runsBySuite', () => group(repo.checkRuns.values(), (one) => one.suiteId)).get(suiteId) ?? [];
  }

  suites(repo: Repository, sha: string): CheckSuite[] {
    return this.#of(repo, 'suitesBySha', () => group(repo.checkSuites.values(), (one) => one.headSha)).get(sha) ?? [];
  }

  /** Oldest first, all that were ever set. */
  statuses(repo: Repository, sha: string): Status[] {
    return this.#of(repo, 'statusesBySha', () => group(repo.statuses, (one) => one.sha)).get(sha) ?? [];
  }

  pullsByHeadSha(repo: Repository, sha: string): Issue[] {
    return this.#of(repo, 'pullsByHeadSha', () => group(repo.issues.values(), (one) => one.pull?.headSha ?? null)).get(sha) ?? [];
  }

  #place(): Map<number, Placed> {
    if (this.#issues) return this.#issues;
    const issues = new Map<number, Placed>();
    const pulls = new Map<number, Placed>();
    for (const repo of this.#world.repositories.values()) {
      for (const issue of repo.issues.values()) {
        issues.set(issue.id, { repo, issue });
        if (issue.pull) pulls.set(issue.pull.id, { repo, issue });
      }
    }
    this.#pulls = pulls;
    this.#issues = issues;
    return issues;
  }

  /** By an issue's database id. */
  issue(id: number): Placed | null {
    return this.#place().get(id) ?? null;
  }

  /** By a pull request's own database id. */
  pull(id: number): Placed | null {
    this.#place();
    return this.#pulls?.get(id) ?? null;
  }
}
