/** Who there is: people, organisations, bots, teams, apps and where these are installed. */

export type Permission = 'admin' | 'maintain' | 'write' | 'triage' | 'read' | 'none';

export interface Account {
  id: number;
  login: string;
  type: 'User' | 'Organization' | 'Bot';
  name: string | null;
}

/** A team of an organisation. */
export interface Team {
  id: number;
  orgLogin: string;
  name: string;
  slug: string;
  description: string | null;
  privacy: 'secret' | 'closed';
  createdAt: string;
  members: Map<string, 'member' | 'maintainer'>;
}

export interface App {
  id: number;
  slug: string;
  name: string;
  ownerLogin: string;
  /** PEM; JWTs are checked with it. Null for apps that have only a sandbox token. */
  publicKey: string | null;
  permissions: Record<string, 'read' | 'write'>;
  events: string[];
  /** Login of its bot account: `<slug>[bot]`. */
  botLogin: string;
  /** Where its webhooks go; null for none. */
  webhook: Webhook | null;
}

export interface Webhook {
  url: string;
  /** Empty: none is set, and nothing is signed. */
  secret: string;
  /** `json` by default. */
  contentType?: 'json' | 'form';
  /** `1`: certificates are not looked at; `0` by default. */
  insecureSsl?: '0' | '1';
}

export interface Installation {
  id: number;
  appId: number;
  accountLogin: string;
  createdAt: string;
  suspendedAt: string | null;
  /** What its owner has accepted; the app may ask for more since. */
  permissions: Record<string, 'read' | 'write'>;
  events: string[];
}

/** Who makes a request. */
export type Actor =
  | { kind: 'user'; login: string }
  | { kind: 'installation'; login: string; appId: number; installationId: number; permissions: Record<string, 'read' | 'write'> }
  | { kind: 'app'; appId: number };
