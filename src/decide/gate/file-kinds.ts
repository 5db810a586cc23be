/** Kinds of files that the gate knows by their path. */
import { pathMatcher } from './globs.ts';

/** Left behind by editors, operating systems, tools and builds, or meant for one machine. */
export const isStray = pathMatcher([
  '**/{.DS_Store,.AppleDouble,.LSOverride,Thumbs.db,ehthumbs.db,desktop.ini,Desktop.ini}',
  '**/*.{swp,swo,orig,rej,bak,tmp,temp,old}',
  '**/*~',
  '**/.#*',
  '**/.idea/**',
  '**/*.iml',
  '**/.vs/**',
  '**/*.{log,pid,stackdump}',
  '**/{npm,yarn,yarn-error,pnpm,lerna}-debug.log*',
  '**/{node_modules,bower_components,__pycache__,.venv,.tox,.mypy_cache,.ruff_cache,.pytest_cache,.gradle,.terraform,.next,.nuxt,.turbo,.nyc_output,.parcel-cache,.eslintcache}',
  '**/{node_modules,bower_components,__pycache__,.venv,.tox,.mypy_cache,.ruff_cache,.pytest_cache,.gradle,.terraform,.next,.nuxt,.turbo,.nyc_output,.parcel-cache}/**',
  '**/*.{pyc,pyo,class,o,obj,tsbuildinfo}',
  '**/*.tfstate',
  '**/.coverage',
  // Only at the root or in a package's root: deeper, `build` and `out` are often sources.
  '{dist,out,coverage,.coverage}/**',
  '{packages,apps,libs,services,modules}/*/{dist,out,coverage}/**',
  '**/target/{debug,release,classes,surefire-reports}/**',
  '**/build/{classes,libs,reports,tmp,outputs,intermediates,static}/**',
  'build/**/*.{map,min.js,min.css,js.gz}',
]);

const isDotenv = pathMatcher(['**/.env', '**/.env.*', '**/*.env.local']);
const isDotenvSample = pathMatcher([
  '**/.env.{example,sample,template,dist,defaults,schema,test,ci}',
  '**/.env.*.{example,sample,template}',
]);

/** Holds the settings of one machine, secrets among them; samples are meant to be shared. */
export function isEnvironmentFile(path: string): boolean {
  return isDotenv(path) && !isDotenvSample(path);
}

/** Binaries that belong into a repository more often than not. */
export const isMedia = pathMatcher(['**/*.{png,jpg,jpeg,gif,webp,avif,ico,bmp,woff,woff2,ttf,otf,eot}']);

/** A manifest and the lockfiles that follow it. */
const PAIRS: readonly { manifest: string; locks: readonly string[] }[] = [
  {
    manifest: 'package.json',
    locks: ['package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock', 'pnpm-lock.yaml', 'bun.lock', 'bun.lockb'],
  },
  { manifest: 'Cargo.toml', locks: ['Cargo.lock'] },
  { manifest: 'go.mod', locks: ['go.sum'] },
  { manifest: 'pyproject.toml', locks: ['poetry.lock', 'uv.lock', 'pdm.lock'] },
  { manifest: 'Pipfile', locks: ['Pipfile.lock'] },
  { manifest: 'Gemfile', locks: ['Gemfile.lock'] },
  { manifest: 'composer.json', locks: ['composer.lock'] },
];

const LOCKS = new Set(PAIRS.flatMap(({ locks }) => locks));

export function isLockfile(path: string): boolean {
  return LOCKS.has(baseOf(path));
}

/** In a workspace the lockfile lies above the manifests: any manifest of its kind in or below its folder will do. */
export function lonelyLocks(changed: readonly string[]): { locks: string[]; manifests: string[] } {
  const locks = changed.filter((path) => {
    const pair = PAIRS.find((other) => other.locks.includes(baseOf(path)));
    return pair !== undefined && !changed.some((other) => baseOf(other) === pair.manifest && other.startsWith(folderOf(path)));
  });
  const manifests = changed.filter((path) => {
    const pair = PAIRS.find((other) => other.manifest === baseOf(path));
    return pair !== undefined && !changed.some((other) => pair.locks.includes(baseOf(other)) && path.startsWith(folderOf(other)));
  });
  return { locks, manifests };
}

function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** With its final slash; empty at the root. */
function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}
