/** A YAML file of a repository as a plain value that still knows its lines; what is wrong with it comes as faults. */
import { type Document, isAlias, isCollection, isMap, isScalar, LineCounter, type Node, parseAllDocuments, visit } from 'yaml';
import type { Fault } from '../model/config.ts';

/** No configuration that people keep by hand is this big; one made to be slow to read takes a quarter of a second then. */
const MAX_FILE_BYTES = 100 * 1024;
/** Expanding aliases may make a small file huge ("billion laughs"). */
const MAX_ALIASES = 100;

export type Path = readonly PropertyKey[];

/** 1-based, as editors count. */
export interface Position {
  line: number;
  column: number;
}

export interface YamlSource {
  /** The root map; null for a file that holds nothing but comments. */
  value: Record<string, unknown> | null;
  /** Where the value at `path` stands; for what is missing, where its nearest parent does. */
  locate(path: Path): Position;
  /** Where the key itself stands. */
  locateKey(path: Path): Position;
}

const START: Position = { line: 1, column: 1 };

/** Never throws: syntax errors, double keys, alias bombs, several documents, too big or no map are faults. */
export function readYaml(text: string, file: string): { source: YamlSource } | { faults: Fault[] } {
  const whole = (message: string, at: Position = START) => ({ faults: [{ file, ...at, field: '', message }] });
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_FILE_BYTES) return whole(`the file has ${bytes} bytes; at most ${MAX_FILE_BYTES} are read`);
  try {
    const lines = new LineCounter();
    const at = (offset: number): Position => {
      const { line, col } = lines.linePos(offset);
      return { line: Math.max(line, 1), column: Math.max(col, 1) };
    };
    // uniqueKeys is off because the library compares every pair of keys: minutes for a hostile file.
    const documents = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false, logLevel: 'error' });
    const [document, second] = documents;
    if (!document || !('errors' in document)) return { source: emptySource() };
    const [error] = document.errors;
    if (error) return whole(`not valid YAML: ${firstLine(error.message)}`, at(error.pos[0]));
    if (second) return whole('holds several YAML documents; only one is allowed', at(second.range?.[0] ?? 0));
    const double = doubleKeys(document, file, at);
    if (double.length > 0) return { faults: double };
    const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
    if (value === null) return { source: emptySource() };
    if (!isMap(document.contents))
      return whole(`must be a map of keys to values, not ${kindOf(value)}`, at(document.contents?.range?.[0] ?? 0));
    return { source: sourceOf(document, Object(value), at) };
  } catch (error) {
    // The library throws on unresolved and excessive aliases and when its recursion is exhausted.
    return whole(`not valid YAML: ${firstLine(error instanceof Error ? error.message : String(error))}`);
  }
}

/** A value's kind in everyday words. */
export function kindOf(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  if (typeof value === 'string') return 'text';
  return typeof value === 'boolean' ? String(value) : `a ${typeof value}`;
}

function emptySource(): YamlSource {
  return { value: null, locate: () => START, locateKey: () => START };
}

function firstLine(message: string): string {
  if (message.includes('call stack')) return 'nested too deeply';
  return message.split('\n', 1)[0] ?? message;
}

function doubleKeys(document: Document, file: string, at: (offset: number) => Position): Fault[] {
  const faults: Fault[] = [];
  visit(document, {
    Map(_, map, ancestors) {
      const seen = new Set<string>();
      for (const { key } of map.items) {
        const name = isScalar(key) ? String(key.value) : String(key);
        if (seen.has(name)) {
          const offset = isScalar(key) ? (key.range?.[0] ?? 0) : 0;
          const parents = ancestors.flatMap((node) => ('key' in node && isScalar(node.key) ? [String(node.key.value)] : []));
          faults.push({ file, ...at(offset), field: [...parents, name].join('.'), message: `the key "${name}" stands twice` });
        }
        seen.add(name);
      }
    },
  });
  return faults;
}

function sourceOf(document: Document, value: Record<string, unknown>, at: (offset: number) => Position): YamlSource {
  /** The node at `path` or its nearest parent, and the key that led there. */
  const walk = (path: Path): { node: Node | null; key: Node | null; whole: boolean } => {
    let node: Node | null = document.contents as Node | null;
    let key: Node | null = null;
    for (const part of path) {
      if (isAlias(node)) node = node.resolve(document) ?? null;
      if (!isCollection(node)) return { node, key, whole: false };
      const pair = isMap(node)
        ? node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(part))
        : undefined;
      const next = isMap(node) ? pair?.value : node.get(part, true);
      if (pair) key = pair.key as Node;
      else if (next) key = null;
      else return { node, key, whole: false };
      node = (next ?? null) as Node | null;
    }
    return { node, key, whole: true };
  };
  const start = (node: Node | null): Position | null => (node?.range ? at(node.range[0]) : null);
  return {
    value,
    locate(path) {
      const { node, key } = walk(path);
      // A map's own range begins below its key, where nobody would look for it.
      const preferKey = key !== null && !isScalar(node);
      return (preferKey ? start(key) : start(node)) ?? start(key) ?? START;
    },
    locateKey(path) {
      const { node, key } = walk(path);
      return start(key) ?? start(node) ?? START;
    },
  };
}
