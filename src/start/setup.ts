/** `npm run setup`: Probot's wizard makes the GitHub App from app.yml and writes its credentials to .env. */
import { run } from 'probot';

if (process.env.APP_ID) {
  process.stderr.write(
    'APP_ID is set already, so there is an app. To make another, take APP_ID out of the environment and .env.\n',
  );
  process.exit(2);
}
// The wizard would fetch a webhook proxy at run time; Playcaller is reached at the address in app.yml.
process.env.NO_SMEE_SETUP = 'true';
await run(() => undefined, { env: { ...process.env, LOG_LEVEL: 'info' } });
