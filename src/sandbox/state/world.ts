/** The sandbox's state: what GitHub would keep, in memory, as plain data. Ids are GitHub's numeric database ids. */
import type { Account, App, Installation, Permission, Team } from './accounts.ts';
import type { Repository } from './repository.ts';

/** One attempt to hand over a webhook. A redelivery has the same GUID and a new id. */
export interface Delivery {
  id: number;
  appId: number;
  /** Where it went. */
  url: string;
  guid: string;
  event: string;
  action: string | null;
  repositoryId: number | null;
  installationId: number | null;
  deliveredAt: string;
  redelivery: boolean;
  durationSeconds: number;
  status: string;
  /** 0 when nobody answered. */
  statusCode: number;
  requestHeaders: Record<string, string>;
  requestBody: string;
  responseHeaders: Record<string, string>;
  responseBody: string;
}

export interface World {
  /** The sandbox's own address, e.g. `http://127.0.0.1:4000`, used in links. */
  url: string;
  accounts: Map<string, Account>;
  /** Logins of an organisation's members. */
  members: Map<string, Set<string>>;
  /** What an owner's people may do in each new repository of theirs, as an organisation's teams would say. */
  roles: Map<string, Map<string, Permission>>;
  teams: Map<number, Team>;
  apps: Map<number, App>;
  installations: Map<number, Installation>;
  /** By database id. */
  repositories: Map<number, Repository>;
  deliveries: Delivery[];
  /** Next database id, shared by all kinds. */
  nextId: number;
}
