/** What every resolver of one request shares. */
import { permissionOf } from '../access.ts';
import { closingIssues } from '../closing.ts';
import { isPull } from '../read.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Actor, Permission } from '../state/accounts.ts';
import type { Issue } from '../state/issues.ts';
import type { Repository } from '../state/repository.ts';
import type { World } from '../state/world.ts';
import type { QueryCost } from './limits.ts';
import { append, type Placed, ReadIndex } from './read-index.ts';

export class Context {
  readonly sandbox: Sandbox;
  readonly actor: Actor;
  readonly cost: QueryCost;
  #index: ReadIndex | null = null;
  #closers: Map<number, Placed[]> | null = null;
  #allowed = new Map<string, boolean>();
  /** So many fields are still resolved before one fails; null: none does. */
  #untilFault: number | null;

  constructor(sandbox: Sandbox, actor: Actor, cost: QueryCost, untilFault: number | null = null) {
    this.sandbox = sandbox;
    this.actor = actor;
    this.cost = cost;
    this.#untilFault = untilFault;
  }

  /** Whether the field that is about to be resolved is the one that fails. A mutation counts only its own fields. */
  fails(isPart: boolean, isMutation: boolean): boolean {
    if (this.#untilFault === null || (isMutation && isPart)) return false;
    this.#untilFault -= 1;
    return this.#untilFault === -1;
  }

  get world(): World {
    return this.sandbox.world;
  }

  get index(): ReadIndex {
    this.#index ??= new ReadIndex(this.world);
    return this.#index;
  }

  /** Remembers what may be read: asked for every node. */
  allowed(key: string, ask: () => boolean): boolean {
    const known = this.#allowed.get(key);
    if (known !== undefined) return known;
    const answer = ask();
    this.#allowed.set(key, answer);
    return answer;
  }

  /** Pull requests whose merge closes (or closed) this issue, oldest first. */
  closers(issue: Issue): Placed[] {
    if (!this.#closers) {
      this.#closers = new Map();
      for (const repo of this.world.repositories.values()) {
        for (const pull of repo.issues.values()) {
          if (!isPull(pull) || !pull.body) continue;
          for (const closed of closingIssues(this.world, repo, pull))
            append(this.#closers, closed.issue.id, { repo, issue: pull });
        }
      }
    }
    return this.#closers.get(issue.id) ?? [];
  }

  /** The world has changed: what was looked up is void. */
  changed(): void {
    this.#index = null;
    this.#closers = null;
    this.#allowed.clear();
  }

  /** The actor's login in the state: a bot's ends in `[bot]`. Null for a bare app. */
  get login(): string | null {
    return this.actor.kind === 'app' ? null : this.actor.login;
  }

  /** Whether the actor wrote something that this login, through this app or none, wrote. */
  isAuthor(login: string): boolean {
    return this.login !== null && this.login.toLowerCase() === login.toLowerCase();
  }

  permission(repo: Repository): Permission {
    return this.actor.kind === 'user' ? permissionOf(repo, this.actor.login) : 'none';
  }
}
