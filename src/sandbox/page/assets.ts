/** The files that a browser needs beside the pages: styles and scripts, all from this machine. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Hono } from 'hono';

const require = createRequire(import.meta.url);
const CSS = 'text/css; charset=utf-8';
const SCRIPT = 'text/javascript; charset=utf-8';

const own = (name: string): string => new URL(`./assets/${name}`, import.meta.url).pathname;
/** In this order: the narrow screen's rules come last. */
const STYLES = ['base', 'frame', 'lists', 'signs', 'thread', 'timeline', 'checks', 'files', 'narrow'].map((name) =>
  own(`${name}.css`),
);

interface Asset {
  paths: string[];
  type: string;
  /** Seconds for which a browser need not ask again. */
  maxAge: number;
}

const ASSETS: Record<string, Asset> = {
  'primer.css': { paths: [require.resolve('@primer/css/dist/primer.css')], type: CSS, maxAge: 3600 },
  'page.css': { paths: STYLES, type: CSS, maxAge: 0 },
  'client.js': { paths: [own('client.js')], type: SCRIPT, maxAge: 0 },
  'idiomorph.js': { paths: [require.resolve('idiomorph/dist/idiomorph.esm.js')], type: SCRIPT, maxAge: 3600 },
};

/** `/<name>` for each of them; unknown names are left to the next route. */
export function assetRoutes(): Hono {
  const routes = new Hono();
  for (const [name, { paths, type, maxAge }] of Object.entries(ASSETS)) {
    routes.get(`/${name}`, (c) => {
      c.header('content-type', type);
      c.header('cache-control', maxAge === 0 ? 'no-cache' : `max-age=${maxAge}`);
      return c.body(paths.map((path) => readFileSync(path, 'utf8')).join('\n'));
    });
  }
  return routes;
}
