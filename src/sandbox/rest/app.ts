/** REST: the app itself, its installations and tokens; rate limit, meta, zen. */
import { covers } from '../access.ts';
import { notFound, SandboxError } from '../error.ts';
import { appJson, installationJson } from '../payload/account.ts';
import { repositoryJson } from '../payload/repository.ts';
import { repoByName } from '../read.ts';
import type { App, Installation } from '../state/accounts.ts';
import { type Answer, bodyOf, type Call, created, list, numberParam, ok, pageOf, param, route } from './call.ts';

export function appOf(call: Call): App {
  const app = call.actor.kind === 'app' ? call.world.apps.get(call.actor.appId) : undefined;
  if (!app) throw notFound();
  return app;
}

function installationsOf(call: Call): Installation[] {
  const app = appOf(call);
  return [...call.world.installations.values()].filter((one) => one.appId === app.id);
}

function installationOf(call: Call): Installation {
  const id = numberParam(call, 'installation_id');
  const found = installationsOf(call).find((one) => one.id === id);
  if (!found) throw notFound();
  return found;
}

/** @throws 422 when more is asked for than was granted. */
function createToken(call: Call): Answer {
  const installation = installationOf(call);
  if (installation.suspendedAt) throw new SandboxError(403, 'This installation has been suspended');
  const granted = installation.permissions;
  const body = bodyOf(call, 'apps/create-installation-access-token') ?? {};
  const wanted: Record<string, 'read' | 'write'> = { ...granted };
  if (body.permissions) {
    for (const name of Object.keys(wanted)) delete wanted[name];
    for (const [name, access] of Object.entries(body.permissions)) {
      const has = granted[name];
      if (!has || (access === 'write' && has === 'read')) {
        throw new SandboxError(422, 'The permissions requested are not granted to this installation.');
      }
      wanted[name] = access === 'read' ? 'read' : 'write';
    }
    wanted.metadata = 'read';
  }
  const { token, expiresAt } = call.sandbox.createToken(installation.id, wanted);
  return created({ token, expires_at: expiresAt, permissions: wanted, repository_selection: 'all' });
}

function repoInstallation(call: Call): Answer {
  const repo = repoByName(call.world, param(call, 'owner'), param(call, 'repo'));
  const found = repo && installationsOf(call).find((one) => one.accountLogin === repo.ownerLogin);
  if (!found) throw notFound();
  return ok(installationJson(call.world, found));
}

function installedRepositories(call: Call): Answer {
  if (call.actor.kind !== 'installation') {
    throw new SandboxError(
      403,
      'You must authenticate with an installation access token in order to list repositories for an installation.',
    );
  }
  const found = [...call.world.repositories.values()].filter((repo) => covers(call.world, call.actor, repo));
  const { items, headers } = pageOf(call, found);
  const repositories = items.map((repo) => repositoryJson(call.world, repo));
  return { status: 200, body: { total_count: found.length, repository_selection: 'all', repositories }, headers };
}

function rateLimit(call: Call): Answer {
  const [core, graphql] = [call.sandbox.rateOf(call.actor, 'core'), call.sandbox.rateOf(call.actor, 'graphql')];
  const search = { limit: 30, used: 0, remaining: 30, reset: core.reset };
  return ok({ resources: { core: { ...core }, search, graphql: { ...graphql } }, rate: { ...core } });
}

export const appRoutes = [
  route(
    'GET /app',
    (call) => ok({ ...appJson(call.world, appOf(call)), installations_count: installationsOf(call).length }),
    'jwt',
  ),
  route('GET /app/installations', (call) => list(call, installationsOf(call), (one) => installationJson(call.world, one)), 'jwt'),
  route('GET /app/installations/{installation_id}', (call) => ok(installationJson(call.world, installationOf(call))), 'jwt'),
  route('POST /app/installations/{installation_id}/access_tokens', createToken, 'jwt'),
  route('GET /repos/{owner}/{repo}/installation', repoInstallation, 'jwt'),
  route('GET /installation/repositories', installedRepositories),
  route('GET /rate_limit', rateLimit, 'open'),
  route('GET /meta', () => ok({ verifiable_password_authentication: true }), 'open'),
  route('GET /zen', () => ({ status: 200, text: 'Keep it logically awesome.' }), 'open'),
];
