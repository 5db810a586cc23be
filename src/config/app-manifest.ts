/** The GitHub App's manifest, app.yml: what Playcaller asks of GitHub. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

export interface AppManifest {
  permissions: Record<string, string>;
  events: string[];
}

const schema = z.object({ default_permissions: z.record(z.string(), z.string()), default_events: z.array(z.string()) });

/** @throws when it is missing or broken, which a whole release never is */
export function readAppManifest(): AppManifest {
  const { default_permissions, default_events } = schema.parse(
    parse(readFileSync(new URL('../../app.yml', import.meta.url), 'utf8')),
  );
  return { permissions: default_permissions, events: default_events };
}
