/** The people and apps of the story, each acting through GitHub's own REST paths. */
import { App, Octokit } from 'octokit';

export const SHOP = { owner: 'acme', repo: 'shop' };

export interface People {
  alice: Octokit;
  bob: Octokit;
  /** Another app, which reports check runs. */
  ci: Octokit;
  /** Playcaller's own app credentials: only to list and redeliver deliveries. */
  app: Octokit;
}

const quiet = {
  throttle: { enabled: false },
  retry: { enabled: false },
  log: { debug() {}, info() {}, warn() {}, error() {} },
};

/** @param url the sandbox's address, `http://127.0.0.1:4000`. */
export function meetPeople(url: string, appId: number, privateKey: string): People {
  const baseUrl = `${url}/api/v3`;
  const person = (login: string) => new Octokit({ auth: `sandbox-${login}`, baseUrl, ...quiet });
  const app = new App({ appId, privateKey, Octokit: Octokit.defaults({ baseUrl, ...quiet }) });
  return { alice: person('alice'), bob: person('bob'), ci: person('ci'), app: app.octokit };
}
