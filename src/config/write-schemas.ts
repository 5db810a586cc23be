/** Writes `schemas/*.schema.json` from the zod schemas, for editors; with `--check` only says whether they are current. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { configSchema } from './config-schema.ts';
import { extensionSchema } from './extension-schema.ts';
import { modulesSchema } from './modules-schema.ts';
import { patternSchema } from './pattern-schema.ts';
import { personaSchema } from './persona-schema.ts';
import { playbookSchema } from './playbook-schema.ts';

const FOLDER = new URL('../../schemas/', import.meta.url);

const SCHEMAS: [file: string, title: string, schema: z.ZodType][] = [
  ['playcaller.schema.json', 'Playcaller configuration (.github/playcaller.yml)', configSchema],
  ['playcaller.modules.schema.json', 'Playcaller module registry (.github/playcaller.modules.yml)', modulesSchema],
  ['pattern.schema.json', 'Playcaller prompt pattern', patternSchema],
  ['persona.schema.json', 'Playcaller persona', personaSchema],
  ['playbook.schema.json', 'Playcaller playbook', z.union([playbookSchema, extensionSchema])],
];

/** File name → text. */
export function schemaTexts(): Record<string, string> {
  const text = (title: string, schema: z.ZodType) =>
    `${JSON.stringify({ ...z.toJSONSchema(schema, { io: 'input', target: 'draft-7' }), title }, null, 2)}\n`;
  return Object.fromEntries(SCHEMAS.map(([file, title, schema]) => [file, text(title, schema)]));
}

function current(file: string): string | null {
  try {
    return readFileSync(new URL(file, FOLDER), 'utf8');
  } catch {
    return null;
  }
}

if (import.meta.main) {
  const stale = Object.entries(schemaTexts()).filter(([file, text]) => current(file) !== text);
  if (process.argv.includes('--check')) {
    for (const [file] of stale) console.error(`schemas/${file} is out of date: run npm run generate`);
    process.exitCode = stale.length > 0 ? 1 : 0;
  } else {
    mkdirSync(FOLDER, { recursive: true });
    for (const [file, text] of stale) writeFileSync(new URL(file, FOLDER), text);
  }
}
