/** Manifests, which people write, and the lockfiles that package managers write after them. */

export interface PackageKind {
  /** The first is the one that names the dependencies; the others can change the lockfile too. */
  manifests: readonly string[];
  locks: readonly string[];
}

const PACKAGE_KINDS: readonly PackageKind[] = [
  {
    manifests: ['package.json', 'pnpm-workspace.yaml', '.npmrc', '.yarnrc.yml', '.yarnrc', 'bunfig.toml', '.pnpmfile.cjs'],
    locks: ['package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock', 'pnpm-lock.yaml', 'bun.lock', 'bun.lockb'],
  },
  { manifests: ['Cargo.toml'], locks: ['Cargo.lock'] },
  { manifests: ['go.mod', 'go.work'], locks: ['go.sum', 'go.work.sum'] },
  { manifests: ['pyproject.toml', 'setup.cfg', 'setup.py', 'uv.toml'], locks: ['poetry.lock', 'uv.lock', 'pdm.lock'] },
  { manifests: ['Pipfile'], locks: ['Pipfile.lock'] },
  { manifests: ['Gemfile', 'gems.rb', '.ruby-version'], locks: ['Gemfile.lock', 'gems.locked'] },
  { manifests: ['composer.json'], locks: ['composer.lock'] },
  { manifests: ['deno.json', 'deno.jsonc'], locks: ['deno.lock'] },
  { manifests: ['mix.exs'], locks: ['mix.lock'] },
  { manifests: ['pubspec.yaml'], locks: ['pubspec.lock'] },
  { manifests: ['Package.swift'], locks: ['Package.resolved'] },
  { manifests: ['Podfile'], locks: ['Podfile.lock'] },
];

export const LOCKFILES: ReadonlySet<string> = new Set(PACKAGE_KINDS.flatMap(({ locks }) => locks));

/** The kind that a lockfile is of; null for other files. */
export function kindOfLock(path: string): PackageKind | null {
  return PACKAGE_KINDS.find(({ locks }) => locks.includes(baseOf(path))) ?? null;
}

/** The kind whose dependencies a file names; null for other files. */
export function kindOfManifest(path: string): PackageKind | null {
  return PACKAGE_KINDS.find(({ manifests: [main] }) => main === baseOf(path)) ?? null;
}

/** A file of the kind, other than its lockfiles, that can change them. */
export function movesLock(kind: PackageKind, path: string): boolean {
  const base = baseOf(path);
  return kind.manifests.includes(base) || (base.endsWith('.gemspec') && kind.locks.includes('Gemfile.lock'));
}

export function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** With its final slash; empty at the root. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}
