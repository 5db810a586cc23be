/** The pages beside the webhook: health, readiness, metrics, verdicts and sweeps as JSON, and a word to whoever opens the address in a browser. */
import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { landingPage, STYLE_HASH } from './landing-page.ts';
import type { Metrics } from './metrics.ts';
import { type SweepParts, sweepRoute } from './sweep-json.ts';
import { type VerdictParts, verdictRoute } from './verdict-json.ts';

export interface WebParts {
  metrics: Metrics;
  /** Why webhooks are not taken now; null when they are and can be stored. */
  unready(): Promise<string | null>;
  /** Why only a new start would help; null while all is well. */
  stuck(): string | null;
  verdicts: VerdictParts;
  sweeps: SweepParts;
}

/** Nothing of ours loads, frames, sends or runs anything; over plain HTTP the last one is ignored (RFC 6797, 8.1). */
const HEADERS = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    styleSrc: [`'${STYLE_HASH}'`],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
  referrerPolicy: 'no-referrer',
  xFrameOptions: 'DENY',
  crossOriginResourcePolicy: 'same-origin',
  strictTransportSecurity: 'max-age=31536000',
});

export function createWeb(parts: WebParts): Hono {
  const web = new Hono();
  web.use(HEADERS);
  web.get('/', (context) => context.html(landingPage()));
  web.get('/healthz', (context) => {
    const why = parts.stuck();
    return why === null ? context.json({ status: 'ok' }) : context.json({ status: 'stuck', why }, 503);
  });
  web.get('/readyz', async (context) => {
    const why = await parts.unready();
    return why === null ? context.json({ status: 'ready' }) : context.json({ status: 'not ready', why }, 503);
  });
  web.get('/metrics', async (context) =>
    context.body(await parts.metrics.text(), 200, { 'content-type': parts.metrics.contentType }),
  );
  verdictRoute(web, parts.verdicts);
  sweepRoute(web, parts.sweeps);
  web.notFound((context) => context.json({ message: 'There is nothing here.' }, 404));
  return web;
}
