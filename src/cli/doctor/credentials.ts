/** Whether private key and app id belong together, asked of GitHub. */
import { z } from 'zod';
import { Gone, isGitHubFault, Refused } from '../../github/errors.ts';
import { type Finding, fault, ok } from './finding.ts';
import type { AppSeen, Patient } from './patient.ts';

const schema = z.object({
  id: z.number(),
  slug: z.string(),
  name: z.string(),
  html_url: z.string(),
  owner: z.object({ login: z.string(), type: z.string().optional() }).nullish(),
  permissions: z.record(z.string(), z.string()),
  events: z.array(z.string()),
});

export async function checkCredentials(patient: Patient): Promise<Finding[]> {
  const { appId } = patient.environment;
  try {
    const { data } = await patient.client.rest('GET /app');
    patient.app = readApp(data);
    return [ok('credentials', `The private key is one of the app ${patient.app.name} (${patient.app.id}).`)];
  } catch (error) {
    if (!isGitHubFault(error)) throw error;
    return [refused(error, appId)];
  }
}

function refused(error: Error, appId: number): Finding {
  if (error instanceof Refused && error.status === 401) {
    return fault(
      'credentials',
      `GitHub does not accept the private key for app ${appId} (401).`,
      'Look at "App ID" on the page of your app (Settings → Developer settings → GitHub Apps): is it APP_ID? Then generate a new key under "Private keys" there and give it as PRIVATE_KEY or PRIVATE_KEY_PATH. The clock must be right, too.',
    );
  }
  if (error instanceof Gone) {
    return fault(
      'credentials',
      `GitHub knows no app with the id ${appId} (${error.status}).`,
      'Check APP_ID, and GHE_HOST when the app lives on GitHub Enterprise Server.',
    );
  }
  return fault('credentials', `GitHub could not say whether the key is right: ${error.message}.`, 'Try again in a minute.');
}

function readApp(data: unknown): AppSeen {
  const { id, slug, name, html_url: page, owner, permissions, events } = schema.parse(data);
  const { origin } = new URL(page);
  const home = owner?.type === 'Organization' ? `${origin}/organizations/${owner.login}` : origin;
  return { id, slug, name, page, settings: `${home}/settings/apps/${slug}`, permissions, events };
}
