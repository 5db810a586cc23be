/** What commands share that work with the app's environment: reading it, finding the installation, telling what went wrong. */
import { type Environment, readEnvironment } from '../config/environment.ts';
import { Gone, Refused } from '../github/errors.ts';
import type { GitHub } from '../github/types.ts';
import { splitRepo } from '../model/repo.ts';

/** @throws {EnvironmentFault} */
export function environmentNow(): Environment {
  try {
    process.loadEnvFile();
  } catch {
    // There is none, as in a container.
  }
  return readEnvironment(process.env);
}

/** @throws {Gone} where the app is not installed. */
export async function installationOf(github: GitHub, repo: string): Promise<number> {
  const { owner, name } = splitRepo(repo);
  const app = await github.asApp();
  const { data } = await app.rest<{ id: number }>('GET /repos/{owner}/{repo}/installation', { owner, repo: name });
  return Number(data.id);
}

/** A fault of GitHub or the store for whoever typed the command. */
export function saidOf(error: Error, repo: string): string {
  if (error instanceof Gone)
    return `the app is not installed on ${repo}, or there is no such repository (${error.status}). Install it there, then try again.`;
  if (error instanceof Refused && error.status === 401)
    return 'GitHub does not accept the key (401). APP_ID and the private key must be of the same app, and the clock must be right.';
  return error.message;
}
