/** Reads the app's manifest: its permissions and events are what the sandbox grants, no more. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import type { AppManifest } from './start.ts';

const schema = z.object({
  name: z.string().optional(),
  default_permissions: z.record(z.string(), z.enum(['read', 'write', 'none'])).optional(),
  default_events: z.array(z.string()).optional(),
});

/** The repository's own `app.yml`. */
const ownManifest = new URL('../../../app.yml', import.meta.url);

/** @throws when the file is missing or is no manifest; the message names the field. */
export function readManifest(path: string | URL = ownManifest): AppManifest {
  const result = schema.safeParse(parse(readFileSync(path, 'utf8')));
  if (!result.success) throw new Error(`${path} is no app manifest: ${z.prettifyError(result.error)}`);
  return result.data;
}
