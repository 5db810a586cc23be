/** The sandbox's pages: what a browser may load, and which routes there are. */
import { Hono } from 'hono';
import { except } from 'hono/combine';
import { csrf } from 'hono/csrf';
import { secureHeaders } from 'hono/secure-headers';
import type { SandboxFetch } from './api.ts';
import { assetRoutes } from './assets.ts';
import { formRoutes } from './forms.ts';
import { viewRoutes } from './views.ts';

/** Nothing from elsewhere; style attributes only for the colours of labels and faces. */
const contentSecurityPolicy = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  styleSrcAttr: ["'unsafe-inline'"],
  imgSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
};

/**
 * Pages at GitHub's addresses (`/acme/shop/issues/1`), to be mounted at `/`. They read and write only through
 * `sandboxFetch`, which answers the sandbox's own API at `http://sandbox/api/v3` and `/api/graphql`.
 */
export function pageRoutes(sandboxFetch: SandboxFetch): Hono {
  const app = new Hono();
  app.use(
    '*',
    except(
      '/api/*',
      csrf(),
      secureHeaders({ contentSecurityPolicy, referrerPolicy: 'same-origin', strictTransportSecurity: false }),
    ),
  );
  app.route('/-', assetRoutes());
  app.route('/-', formRoutes(sandboxFetch));
  app.route('/', viewRoutes(sandboxFetch));
  return app;
}
