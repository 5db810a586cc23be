/** What Playcaller's acknowledgement is measured against: Probot's own server with a handler that does nothing. */
import { run } from 'probot';

await run((app) => {
  app.onAny(() => undefined);
});
