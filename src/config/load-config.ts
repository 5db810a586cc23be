/** `.github/playcaller.yml` → the configuration in force, or the faults of the file. */
import type { Config, Fault, GateItemSetting } from '../model/config.ts';
import type { ActKind } from '../model/sweep.ts';
import type { ItemLevel } from '../model/verdict.ts';
import { type ConfigFile, configSchema } from './config-schema.ts';
import { check } from './explain-issues.ts';
import { DEFAULT_LEVELS, GATE_ITEMS, GATE_OPTIONS, type GateItemId } from './gate-options.ts';
import { readYaml } from './yaml-source.ts';

/** What holds for a repository without a file. */
export const DEFAULT_CONFIG: Config = toConfig(configSchema.parse({}));

/** Never throws. `text` null = no file. With faults the configuration is the default; the caller keeps its last good one. */
export function loadConfig(text: string | null, file: string): { config: Config; faults: Fault[] } {
  if (text === null) return { config: DEFAULT_CONFIG, faults: [] };
  const read = readYaml(text, file);
  if ('faults' in read) return { config: DEFAULT_CONFIG, faults: read.faults };
  const checked = check(configSchema, read.source, file);
  if ('faults' in checked) return { config: DEFAULT_CONFIG, faults: checked.faults };
  return { config: toConfig(checked.value), faults: [] };
}

function toConfig({ gate, sweep, ...rest }: ConfigFile): Config {
  const standard = (id: GateItemId): ItemLevel => {
    if (gate.required === undefined) return DEFAULT_LEVELS[id];
    return gate.required.includes(id) ? 'required' : 'advisory';
  };
  const setting = (id: GateItemId): GateItemSetting => {
    const said = gate.items[id];
    const { level: own, ...options } = typeof said === 'object' ? said : { level: said, ...GATE_OPTIONS[id].parse({}) };
    return { level: own ?? standard(id), options, written: own !== undefined || gate.required !== undefined };
  };
  return {
    ...rest,
    sweep: { ...sweep, act: acts(sweep.act) },
    gate: { items: Object.fromEntries(GATE_ITEMS.map((id) => [id, setting(id)])) },
  };
}

function acts(said: ConfigFile['sweep']['act']): Config['sweep']['act'] {
  const of = (kind: ActKind) => (typeof said === 'string' ? said : (said[kind] ?? 'propose'));
  return {
    start: of('start'),
    refill: of('refill'),
    governance: of('governance'),
    scheduler: of('scheduler'),
    hardening: of('hardening'),
    retrospective: of('retrospective'),
    deflake: of('deflake'),
    corrective: of('corrective'),
    rescue: of('rescue'),
    unblocker: of('unblocker'),
  };
}
