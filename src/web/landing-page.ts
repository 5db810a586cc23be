/** The one screen at `/`: what this address is, and where to look next. */
import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';

const STYLE = `
      body { font: 16px/1.6 system-ui, sans-serif; max-width: 38rem; margin: 12vh auto; padding: 0 1.5rem; color: CanvasText; background: Canvas; color-scheme: light dark; }
      h1 { font-size: 2rem; margin-bottom: 0; }
      code { font-size: 0.9em; }
    `;

/** The only style that a browser shall take from our pages: `sha256-…`, as a content security policy names it. */
export const STYLE_HASH = `sha256-${createHash('sha256').update(STYLE).digest('base64')}`;

export function landingPage() {
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Playcaller</title>
    <style>${raw(STYLE)}</style>
  </head>
  <body>
    <main>
      <h1>Playcaller</h1>
      <p>A GitHub App that runs coding-agent sessions by playbook: label an issue, work the steps, let the readiness check say when the pull request can go, and read each day's sweep.</p>
      <p>Everything happens on GitHub: put a label such as <code>session:bug-fix</code> on an issue to begin.</p>
      <p>This address takes GitHub's webhooks. For operators: <a href="/healthz">health</a>, <a href="/readyz">readiness</a>, <a href="/metrics">metrics</a>.</p>
    </main>
  </body>
</html>`;
}
