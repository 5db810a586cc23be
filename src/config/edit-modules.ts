/** Changes the module registry's text: only the status, nothing that people wrote around it (P5). */
import { isScalar, parseDocument, visit } from 'yaml';
import type { Module, ModuleStatus, Registry } from '../model/module.ts';

/** @returns the new text; null when the module is not there or has that status already */
export function withStatus(registry: Registry, id: Module['id'], status: ModuleStatus): string | null {
  const at = registry.modules.findIndex((module) => module.id === id);
  if (at < 0 || registry.modules[at]?.status === status) return null;
  const document = parseDocument(registry.text);
  const path = ['modules', at, 'status'];
  const node = document.getIn(path, true);
  if (isScalar(node) && node.range && node.anchor === undefined) {
    const [start, end] = node.range;
    return registry.text.slice(0, start) + status + registry.text.slice(end);
  }
  // A value that others refer to stays theirs: they get it in full, and this one gets its own.
  if (isScalar(node))
    visit(document, { Alias: (_, { source }) => (source === node.anchor ? document.createNode(node.value) : undefined) });
  document.setIn(path, document.createNode(status));
  return document.toString({ lineWidth: 0 });
}
