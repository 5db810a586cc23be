/** Finds the route of a path. GitHub's templates; some parameters may hold slashes. */
import type { Route } from './call.ts';

interface Compiled {
  route: Route;
  pattern: RegExp;
  names: string[];
}

/** Parameters that swallow slashes: refs, branches and paths. */
const greedy: Record<string, string> = { ref: '.+?', branch: '.+?', basehead: '.+', commit_sha: '[^/]+', name: '.+?' };

function compile(route: Route): Compiled {
  const names: string[] = [];
  const source = route.path.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\/\{(\w+)\}/g, (_, name: string) => {
    names.push(name);
    return name === 'path' ? '(?:/(.*?))?' : `/(${greedy[name] ?? '[^/]+?'})`;
  });
  return { route, names, pattern: new RegExp(`^${source}/?$`) };
}

function fixedLength(route: Route): number {
  return route.path.replace(/\{\w+\}/g, '').length;
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

export type Match = { route: Route; params: Record<string, string> };

/** `path` is raw, without query. The route with the most fixed text wins. */
export function createMatcher(routes: Route[]): (method: string, path: string) => Match | null {
  const compiled = [...routes].sort((a, b) => fixedLength(b) - fixedLength(a)).map(compile);
  return (method, path) => {
    for (const { route, pattern, names } of compiled) {
      if (route.method !== method) continue;
      const found = pattern.exec(path);
      if (!found) continue;
      return { route, params: Object.fromEntries(names.map((name, index) => [name, decode(found[index + 1] ?? '')])) };
    }
    return null;
  };
}
