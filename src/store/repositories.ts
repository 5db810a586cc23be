/** What is kept of a repository itself: its last good configuration files and its tracker. */
import type { RepoName } from '../model/repo.ts';
import type { Engine } from './engine.ts';
import { write } from './engine.ts';
import type { StoredConfig } from './ledger-types.ts';

/** Artefacts of the repository as a whole stand under this number. */
export const REPOSITORY_ITSELF = 0;

/** `tracker` and `tracker-number` are artefacts as any other. */
export async function config(engine: Engine, repo: RepoName): Promise<StoredConfig | null> {
  const row = await engine.db.selectFrom('repository').selectAll().where('name', '=', repo).executeTakeFirst();
  if (!row) return null;
  const artefacts = await engine.db
    .selectFrom('artefact')
    .select(['role', 'id'])
    .where('repo', '=', repo)
    .where('number', '=', REPOSITORY_ITSELF)
    .execute();
  const idOf = new Map(artefacts.map(({ role, id }) => [role, id]));
  const number = Number(idOf.get('tracker-number'));
  return {
    repo,
    installationId: row.installation_id,
    files: JSON.parse(row.files) as Record<string, string>,
    trackerNumber: Number.isSafeInteger(number) && number > 0 ? number : null,
    trackerId: idOf.get('tracker') ?? null,
  };
}

export async function saveConfig(
  engine: Engine,
  repo: RepoName,
  installationId: number,
  files: Record<string, string>,
): Promise<void> {
  const row = { installation_id: installationId, files: JSON.stringify(files) };
  await write(engine, (tx) =>
    tx
      .insertInto('repository')
      .values({ name: repo, ...row })
      .onConflict((on) => on.column('name').doUpdateSet(row))
      .execute(),
  );
}

export async function repositories(engine: Engine): Promise<{ repo: RepoName; installationId: number }[]> {
  const rows = await engine.db.selectFrom('repository').select(['name', 'installation_id']).orderBy('name').execute();
  return rows.map(({ name, installation_id }) => ({ repo: name, installationId: installation_id }));
}
