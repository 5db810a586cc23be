/** Whether the patch of a manifest changes what the package depends on, or only its scripts, version or words. */
import { baseOf } from '../../model/manifests.ts';

/** What a line says of a dependency, so that two lines of the same meaning are the same text; null: nothing. */
type Reader = (line: string) => string | null;

/** A version, a range, or a place to take it from: what a script or a description is not. */
const RANGE =
  /^(?:[~^<>=*]|v?\d+(?:\.|$)|latest$|next$|\|\||(?:npm|file|link|workspace|patch|portal|catalog|jsr|git|git\+\w+|https?|github|gitlab|bitbucket):)/;
/** Keys of package.json whose text may look like a version or a place and is no dependency. */
const NO_PACKAGE =
  /^(?:version|node|npm|pnpm|yarn|vscode|bun|packageManager|browserslist|homepage|url|repository|bugs|funding|email|\$schema)$/;

const READERS: Record<string, Reader> = {
  'package.json': json((key, value) => !NO_PACKAGE.test(key) && RANGE.test(value)),
  'composer.json': json((key, value) => (key.includes('/') || /^(?:php|ext-)/.test(key)) && RANGE.test(value)),
  'deno.json': found(/"(?:npm|jsr|https?):[^"]+"/),
  'deno.jsonc': found(/"(?:npm|jsr|https?):[^"]+"/),
  'Cargo.toml': toml,
  'pyproject.toml': (line) => found(/^\s*"[\w.-]+(?:\[[^\]]*\])?\s*[<>=!~@][^"]*"/)(line) ?? toml(line),
  Pipfile: toml,
  // A local replacement and the remark `// indirect` leave go.sum as it is.
  'go.mod': (line) => (/=>\s*\.{1,2}\//.test(line) ? null : found(/[\w.-]+\.[\w./~-]+ v\d[\w.+-]*/)(line)),
  Gemfile: found(/^\s*gem[\s(]+["'][^"']+["'](?:\s*,\s*["'][^"']+["'])*/),
  'gems.rb': found(/^\s*gem[\s(]+["'][^"']+["'](?:\s*,\s*["'][^"']+["'])*/),
  'mix.exs': found(/\{:\w+,\s*"[^"]*"/),
  'pubspec.yaml': found(/^\s+(?!sdk|flutter)\w+:\s*["']?(?:[\^<>=]|\d|any\b).*/),
  'Package.swift': found(/\.package\(.*/),
  Podfile: found(/^\s*pod\s+["'][^"']+["'](?:\s*,\s*["'][^"']+["'])*/),
};

/** @param patch as GitHub's REST API gives it. A line that only moved is no change. */
export function editsDependencies(path: string, patch: string): boolean {
  const reader = READERS[baseOf(path)];
  if (!reader) return false;
  const balance = new Map<string, number>();
  let list = '';
  for (const row of patch.split('\n')) {
    if (row.startsWith('@@')) list = '';
    const line = row.slice(1, 2000).trimEnd();
    list = /^\s*([\w-]+)\s*=\s*\[/.exec(line)?.[1] ?? list;
    const sign = row.startsWith('+') ? 1 : row.startsWith('-') ? -1 : 0;
    // What builds a Python package (`requires`) is not locked.
    const entry = sign === 0 || list === 'requires' ? null : reader(line);
    if (entry !== null) balance.set(entry, (balance.get(entry) ?? 0) + sign);
  }
  return [...balance.values()].some((count) => count !== 0);
}

function found(pattern: RegExp): Reader {
  return (line) => pattern.exec(line)?.[0].trim() ?? null;
}

function json(isDependency: (key: string, value: string) => boolean): Reader {
  return (line) => {
    const [, key, value] = /^\s*"([^"]+)"\s*:\s*"([^"]*)"/.exec(line) ?? [];
    return key !== undefined && value !== undefined && isDependency(key, value) ? `${key} ${value}` : null;
  };
}

/** `name = "1.2"` and `name = { version = "1.2" }`, as Cargo, Poetry and Pipenv write them; features are not locked. */
function toml(line: string): string | null {
  const [, key, value] = /^\s*"?([\w.-]+)"?\s*=\s*(.+)$/.exec(line) ?? [];
  if (key === undefined || value === undefined || /version|requires-python/.test(key)) return null;
  if (value.startsWith('{')) {
    const parts = value.match(/\b(?:version|path|git|rev|tag|branch|url|workspace|package)\s*=\s*(?:"[^"]*"|true)/g);
    return parts === null ? null : `${key} ${parts.sort().join(' ')}`;
  }
  const [, text = ''] = /^["']([^"']*)["']/.exec(value) ?? [];
  return RANGE.test(text) && key !== 'edition' ? `${key} ${text}` : null;
}
