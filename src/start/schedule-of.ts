/** When a repository wants its sweep, from the last good configuration that the ledger keeps. */
import type { SweepSchedule } from '../intake/schedule.ts';
import type { RepoName } from '../model/repo.ts';
import type { Store } from '../store/types.ts';

/** The configuration's reader is loaded with the first look at the clock, not at the start. */
export async function scheduleOf(store: Store, repo: RepoName): Promise<SweepSchedule> {
  const [{ CONFIG_PATH }, { DEFAULT_CONFIG, loadConfig }] = await Promise.all([
    import('../config/resolve-configuration.ts'),
    import('../config/load-config.ts'),
  ]);
  const text = (await store.ledger.config(repo))?.files[CONFIG_PATH];
  const { sweep } = text === undefined ? DEFAULT_CONFIG : loadConfig(text, CONFIG_PATH).config;
  return { cron: sweep.schedule, timezone: sweep.timezone, enabled: sweep.enabled };
}
