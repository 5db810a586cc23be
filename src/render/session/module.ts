/** The session's module on its card: its status, what it needs that is not there, how to get it (P5). */
import type { Module } from '../../model/module.ts';
import { cleanText, code, quoteText } from '../markdown.ts';

export type ModuleView =
  /** It should name one. */
  | { kind: 'unnamed'; ids: string[] }
  | { kind: 'unknown'; id: string; near: string | null; ids: string[] }
  /** `offer`: nobody has split it off yet. */
  | { kind: 'known'; module: Module; lacking: { module: Module; offer: boolean }[] };

const STATUS_WORDS = { present: '✅ present', partial: '🟡 partial', missing: '⬜ missing' } as const;
const SHOWN = 20;

/** Title of the sub-session that makes a missing module. */
export function dependencySession(module: Module): string {
  return `Build the module ${cleanText(module.name, 100)}`;
}

export function moduleBlock(view: ModuleView | null | undefined): string {
  if (!view) return '';
  switch (view.kind) {
    case 'unnamed':
      return `**Module:** not named yet. Say which one this is about: \`/session module <id>\`, with one of ${listed(view.ids)}.`;
    case 'unknown': {
      const hint = view.near === null ? `There are: ${listed(view.ids)}.` : `Did you mean ${code(view.near)}?`;
      return `**Module:** the registry has no ${code(view.id)}. ${hint}`;
    }
    case 'known': {
      const { module, lacking } = view;
      const head = `**Module:** ${named(module)} · ${STATUS_WORDS[module.status]}`;
      if (lacking.length === 0) return `${head}${module.depends.length > 0 ? ' · all that it needs is present' : ''}`;
      return [`${head} · needs what is not there yet:`, ...lacking.slice(0, SHOWN).map(lack)].join('\n');
    }
  }
}

/** Missing ones are made first as sub-sessions, or stubbed (S0). */
function lack({ module, offer }: { module: Module; offer: boolean }): string {
  const line = `- ${STATUS_WORDS[module.status]} · ${named(module)}`;
  if (!offer) return line;
  const command = `/session sub ${dependencySession(module)} type=feature module=${module.id}`;
  return `${line}: stub it, or make it first with ${code(command, 250)}`;
}

function named(module: Module): string {
  return `${quoteText(module.name, 100)} (${code(module.id)})`;
}

export function listed(ids: readonly string[]): string {
  const shown = ids.slice(0, SHOWN).map((id) => code(id));
  return `${shown.join(', ')}${ids.length > SHOWN ? ` and ${ids.length - SHOWN} more` : ''}`;
}
