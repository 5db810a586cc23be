/** The module registry's text → modules, or its faults (P5). */
import type { Fault } from '../model/config.ts';
import type { Registry } from '../model/module.ts';
import { check } from './explain-issues.ts';
import { modulesSchema } from './modules-schema.ts';
import { readYaml } from './yaml-source.ts';

/** Never throws. A file of comments only is a registry without modules. */
export function loadModules(text: string, file: string): { registry: Registry } | { faults: Fault[] } {
  const read = readYaml(text, file);
  if ('faults' in read) return read;
  if (read.source.value === null) return { registry: { modules: [], text } };
  const checked = check(modulesSchema, read.source, file);
  return 'faults' in checked ? checked : { registry: { modules: checked.value.modules, text } };
}
