/** commitlint's configuration where it is data: never executed, presets from the libraries that we ship (G2). */
import angular from '@commitlint/config-angular';
import conventional from '@commitlint/config-conventional';
import { RE2JS } from 're2js';
import { z } from 'zod';
import type { Commitlint, CommitlintRules } from '../model/commitlint.ts';
import type { Fault } from '../model/config.ts';
import { readRule } from './commitlint-rules.ts';
import { check } from './explain-issues.ts';
import { readYaml, type YamlSource } from './yaml-source.ts';

const PRESETS: Record<string, { rules?: Record<string, unknown> }> = {
  '@commitlint/config-conventional': conventional,
  '@commitlint/config-angular': angular,
};

/** With and without a mark for breaking changes before the colon, as the parsers of these names read a header. */
const WITH_MARK = '^(\\w*)(?:\\((.*)\\))?!?: (.*)$';
const PARSERS = new Map([
  ['conventional-changelog-conventionalcommits', WITH_MARK],
  ['conventional-changelog-angular', '^(\\w*)(?:\\((.*)\\))?: (.*)$'],
]);
const STANDARD = 'conventional-changelog-angular';
const NAMES = ['type', 'scope', 'subject'];

const parserOpts = z.looseObject({
  headerPattern: z
    .string()
    .min(1)
    .max(500)
    .refine(isPattern, 'is no regular expression that can be run here: look-around and back references are left out (RE2 syntax)')
    .optional(),
  headerCorrespondence: z
    .union([
      z.array(z.string()).max(20),
      z
        .string()
        .max(200)
        .transform((names) => names.split(/\s*,\s*/)),
    ])
    .optional(),
});

const schema = z.looseObject({
  extends: z
    .union([
      z.array(z.string().max(200)).max(20),
      z
        .string()
        .max(200)
        .transform((one) => [one]),
    ])
    .nullish()
    .transform((list) => list ?? []),
  parserPreset: z
    .union([z.string(), z.looseObject({ name: z.string().optional(), parserOpts: parserOpts.optional() })])
    .nullish(),
  rules: z
    .record(z.string(), z.unknown())
    .nullish()
    .transform((rules) => rules ?? {}),
  plugins: z.union([z.array(z.unknown()), z.string()]).nullish(),
  defaultIgnores: z
    .boolean()
    .nullish()
    .transform((on) => on ?? true),
});
type Written = z.infer<typeof schema>;

/** Never throws. @param text null where the file is code */
export function loadCommitlint(path: string, text: string | null): Commitlint {
  if (text === null) return { path, why: 'code' };
  const read = readYaml(text, path);
  if ('faults' in read) return { path, why: 'faults', faults: read.faults };
  const checked = check(schema, read.source, path);
  if ('faults' in checked) return { path, why: 'faults', faults: checked.faults };
  const unknown = checked.value.extends.find((name) => !Object.hasOwn(PRESETS, name));
  if (unknown !== undefined) return { path, why: 'preset', name: unknown };
  const header = headerOf(checked.value);
  if (header === null) return { path, why: 'preset', name: presetName(checked.value) };
  const rules = rulesOf(checked.value, read.source, path);
  if ('faults' in rules) return { path, why: 'faults', faults: rules.faults };
  return { path, ...header, ignoresMerges: checked.value.defaultIgnores, ...rules };
}

function rulesOf(
  written: Written,
  source: YamlSource,
  path: string,
): Pick<CommitlintRules, 'rules' | 'unread'> | { faults: Fault[] } {
  const all: Record<string, unknown> = Object.assign({}, ...written.extends.map((name) => PRESETS[name]?.rules), written.rules);
  const hasPlugins = (written.plugins?.length ?? 0) > 0;
  const rules: CommitlintRules['rules'] = [];
  const unread: string[] = [];
  const faults: Fault[] = [];
  for (const [name, value] of Object.entries(all)) {
    const rule = readRule(name, value);
    const at = (message: string) =>
      faults.push({ file: path, ...source.locate(['rules', name]), field: `rules.${name}`, message });
    if (rule === 'skipped') continue;
    if (rule === 'unknown') hasPlugins ? unread.push(name) : at('is no rule that commitlint has');
    else if ('fault' in rule) at(rule.fault);
    else rules.push(rule);
  }
  return faults.length > 0 ? { faults } : { rules, unread };
}

/** How the first line is taken apart; null for a preset that is not shipped. */
function headerOf(written: Written): Pick<CommitlintRules, 'headerPattern' | 'names' | 'ownPattern'> | null {
  const { parserPreset } = written;
  const opts = typeof parserPreset === 'object' ? parserPreset?.parserOpts : undefined;
  const names = opts?.headerCorrespondence ?? NAMES;
  if (opts?.headerPattern !== undefined) return { headerPattern: opts.headerPattern, names, ownPattern: true };
  const name = presetName(written);
  const pattern = name === '' ? (written.extends.length > 0 ? WITH_MARK : PARSERS.get(STANDARD)) : PARSERS.get(name);
  return pattern === undefined ? null : { headerPattern: pattern, names, ownPattern: false };
}

function presetName({ parserPreset }: Written): string {
  return (typeof parserPreset === 'string' ? parserPreset : parserPreset?.name) ?? '';
}

function isPattern(pattern: string): boolean {
  try {
    return RE2JS.compile(pattern).pattern() !== '';
  } catch {
    return false;
  }
}
