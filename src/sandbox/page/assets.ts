/** The files that a browser needs beside the pages: styles and scripts, all from this machine. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Hono } from 'hono';

const require = createRequire(import.meta.url);

const FILES: Record<string, { path: string; type: string }> = {
  'primer.css': { path: require.resolve('@primer/css/dist/primer.css'), type: 'text/css; charset=utf-8' },
  'page.css': { path: new URL('./assets/page.css', import.meta.url).pathname, type: 'text/css; charset=utf-8' },
  'client.js': { path: new URL('./assets/client.js', import.meta.url).pathname, type: 'text/javascript; charset=utf-8' },
  'idiomorph.js': { path: require.resolve('idiomorph/dist/idiomorph.esm.js'), type: 'text/javascript; charset=utf-8' },
};

/** `/<name>` for each file; unknown names are left to the next route. */
export function assetRoutes(): Hono {
  const routes = new Hono();
  for (const [name, { path, type }] of Object.entries(FILES)) {
    routes.get(`/${name}`, (c) => {
      c.header('content-type', type);
      c.header('cache-control', 'no-cache');
      return c.body(readFileSync(path, 'utf8'));
    });
  }
  return routes;
}
