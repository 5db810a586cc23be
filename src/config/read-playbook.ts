/** The text of a playbook file → a whole playbook, or what it changes in another one, or its faults (P2, P3). */
import type { Fault } from '../model/config.ts';
import type { Playbook } from '../model/playbook.ts';
import { check } from './explain-issues.ts';
import { type ExtensionFile, extensionSchema } from './extension-schema.ts';
import { id, type Misfit, playbookSchema, toPlaybook } from './playbook-schema.ts';
import { closest } from './suggest.ts';
import { readYaml, type YamlSource } from './yaml-source.ts';

export interface ReadPlaybook {
  type: string;
  content: { kind: 'whole'; playbook: Playbook } | { kind: 'extension'; file: ExtensionFile };
  /** A misfit as a fault with its line. */
  fault(misfit: Misfit): Fault;
}

/** Never throws. */
export function readPlaybook(text: string, file: string): ReadPlaybook | { faults: Fault[] } {
  const read = readYaml(text, file);
  if ('faults' in read) return read;
  const { source } = read;
  const { value } = source;
  if (value === null) return { faults: [{ file, line: 1, column: 1, field: '', message: 'the file is empty' }] };
  const fault = (misfit: Misfit) => located(source, file, misfit);
  if (Object.hasOwn(value, 'extends')) {
    const checked = check(extensionSchema, source, file);
    if ('faults' in checked) return checked;
    const type = checked.value.type ?? nameOf(file);
    if (type === null) return { faults: [fault({ path: ['type'], message: 'is missing' })] };
    return { type, content: { kind: 'extension', file: checked.value }, fault };
  }
  const lacking = lacksExtends(value);
  if (lacking) return { faults: [{ ...fault(lacking), ...source.locateKey(lacking.path) }] };
  const checked = check(playbookSchema, source, file);
  if ('faults' in checked) return checked;
  return { type: checked.value.type, content: { kind: 'whole', playbook: toPlaybook(checked.value) }, fault };
}

/** What only makes sense beside `extends`, in a file without it. */
function lacksExtends(value: Record<string, unknown>): Misfit | null {
  for (const key of Object.keys(value)) {
    if (closest(key, ['extends'])) return { path: [key], message: `unknown key "${key}" (did you mean "extends"?)` };
  }
  const key = ['add', 'replace', 'remove'].find((name) => Object.hasOwn(value, name));
  return key === undefined ? null : { path: [key], message: 'changes another playbook; say which one by `extends: <type>`' };
}

function located(source: YamlSource, file: string, { path, message }: Misfit): Fault {
  return { file, ...source.locate(path), field: path.join('.'), message };
}

/** `.github/playbooks/bug-fix.yml` → `bug-fix`; null when that is no name of a type. */
function nameOf(file: string): string | null {
  const name = file.replace(/^.*\//, '').replace(/\.ya?ml$/, '');
  return id.max(30).safeParse(name).success ? name : null;
}
