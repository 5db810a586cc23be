/** How the world was some seconds ago, for reads that lag behind as GitHub's replicas do. Kept only while such a fault is on. */
import type { Engine } from './sandbox.ts';
import type { Repository } from './state/repository.ts';
import type { World } from './state/world.ts';

export interface Past {
  /** To be called before each write. @param lagMs how far back anybody may look; 0: nothing is kept. */
  keep(lagMs: number): void;
  /** The engine as reads saw it so long ago; the newest where nothing was written since. */
  asOf(agoMs: number): Engine;
}

/** @param nowMs epoch milliseconds that go on: a lag is real time, whatever the sandbox's own clock shows. */
export function createPast(engine: Engine, nowMs: () => number): Past {
  /** Each as it was until `until`, when somebody wrote; oldest first. */
  let kept: { until: number; world: World }[] = [];
  return {
    keep(lagMs) {
      const now = nowMs();
      kept = lagMs === 0 ? [] : kept.filter(({ until }) => until > now - lagMs);
      if (lagMs > 0) kept.push({ until: now, world: copyOf(engine.world) });
    },
    asOf(agoMs) {
      const at = nowMs() - agoMs;
      const then = kept.find(({ until }) => until > at);
      return then ? { ...engine, world: then.world } : engine;
    },
  };
}

/** Git objects never change, so they are shared; deliveries and accounts are read from the newest. */
function copyOf(world: World): World {
  const repositories = [...world.repositories].map(([id, repo]): [number, Repository] => {
    const { objects, ...rest } = repo;
    return [id, { ...structuredClone(rest), objects }];
  });
  return { ...world, repositories: new Map(repositories) };
}
