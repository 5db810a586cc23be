/** What the checks look at: the environment, GitHub as the app sees it, and what earlier checks have learnt. */
import type { AppManifest } from '../../config/app-manifest.ts';
import type { Environment } from '../../config/environment.ts';
import type { GitHub, GitHubClient } from '../../github/types.ts';

/** From `GET /app`. */
export interface AppSeen {
  id: number;
  slug: string;
  name: string;
  /** The app's public page. */
  page: string;
  /** Where its owner changes it. */
  settings: string;
  permissions: Record<string, string>;
  events: string[];
}

export interface Patient {
  environment: Environment;
  github: GitHub;
  /** Calls as the app itself. */
  client: GitHubClient;
  manifest: AppManifest;
  fetch: typeof fetch;
  now(): Date;
  /** Null until GitHub has told who we are; what needs it is not looked at before. */
  app: AppSeen | null;
}

export const API = 'https://api.github.com';
/** For plain requests; GitHub's own patience. */
export const PATIENCE_MS = 10_000;
