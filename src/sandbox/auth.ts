/** Who a token belongs to. */
import { randomBytes } from 'node:crypto';
import { SandboxError } from './error.ts';
import { looksLikeJwt, verifyJwt } from './jwt.ts';
import { accountByLogin } from './read.ts';
import type { Actor } from './state/accounts.ts';
import type { World } from './state/world.ts';

interface InstallationToken {
  installationId: number;
  permissions: Record<string, 'read' | 'write'>;
  /** Milliseconds. */
  expires: number;
}

export interface Tokens {
  create(installationId: number, permissions: Record<string, 'read' | 'write'>): { token: string; expiresAt: string };
  /** Null without a token. @throws 401 for an unknown or expired one. */
  actorOf(authorization: string | null): Actor | null;
  /** Lets installation tokens expire at once. */
  expireAll(): void;
}

const hour = 3600_000;

/** `sandbox-<login>` for people, `sandbox-<slug>` for apps that have no key, JWTs for apps, `ghs_…` for installations. */
export function createTokens(world: World, now: () => number): Tokens {
  const known = new Map<string, InstallationToken>();
  const bad = (): SandboxError => new SandboxError(401, 'Bad credentials');

  function installationActor(installationId: number, permissions: Record<string, 'read' | 'write'>): Actor {
    const installation = world.installations.get(installationId);
    const app = installation && world.apps.get(installation.appId);
    if (!app || installation.suspendedAt) throw bad();
    return { kind: 'installation', login: app.botLogin, appId: app.id, installationId, permissions };
  }

  function sandboxActor(name: string): Actor {
    const account = accountByLogin(world, name);
    if (account?.type === 'User') return { kind: 'user', login: account.login };
    const app = [...world.apps.values()].find((one) => one.publicKey === null && one.slug === `sandbox-${name}`);
    const installation = app && [...world.installations.values()].find((one) => one.appId === app.id);
    if (!app || !installation) throw bad();
    return installationActor(installation.id, installation.permissions);
  }

  return {
    create(installationId, permissions) {
      const token = `ghs_${randomBytes(27).toString('base64url').replace(/[-_]/g, 'x').slice(0, 36)}`;
      const expires = now() + hour;
      known.set(token, { installationId, permissions, expires });
      return { token, expiresAt: new Date(expires).toISOString().replace(/\.\d+Z$/, 'Z') };
    },
    expireAll() {
      known.clear();
    },
    actorOf(authorization) {
      if (!authorization) return null;
      const [, token] = /^(?:token|bearer)\s+(\S+)$/i.exec(authorization) ?? [];
      if (!token) throw bad();
      if (token.startsWith('sandbox-')) return sandboxActor(token.slice('sandbox-'.length));
      if (looksLikeJwt(token)) return { kind: 'app', appId: verifyJwt(world, token, Math.floor(now() / 1000)).id };
      const found = known.get(token);
      if (!found || found.expires <= now()) throw bad();
      return installationActor(found.installationId, found.permissions);
    },
  };
}
