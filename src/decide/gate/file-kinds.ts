/** Kinds of files that the gate knows by their path. */
import { baseOf, LOCKFILES } from '../../model/manifests.ts';
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

/** Written by a package manager: nobody reads it line by line. */
export function isLockfile(path: string): boolean {
  return LOCKFILES.has(baseOf(path));
}
