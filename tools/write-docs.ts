/** Writes docs/playbooks and docs/commands.md from the playbooks and the commands; `--check` only says whether they are current. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadBuiltInPlaybooks } from '../src/config/load-playbooks.ts';
import { commands } from '../src/decide/commands/help.ts';
import { commandsPage } from './docs/commands-page.ts';
import { chooserPage, playbookPage } from './docs/playbook-pages.ts';

const DOCS = new URL('../docs/', import.meta.url);

/** Text by path below docs/. */
export function docTexts(): Record<string, string> {
  const playbooks = loadBuiltInPlaybooks();
  return {
    'commands.md': commandsPage(commands),
    'playbooks/README.md': chooserPage(playbooks),
    ...Object.fromEntries(playbooks.map((playbook) => [`playbooks/${playbook.type}.md`, playbookPage(playbook)])),
  };
}

function current(path: string): string | null {
  try {
    return readFileSync(new URL(path, DOCS), 'utf8');
  } catch {
    return null;
  }
}

if (import.meta.main) {
  const texts = docTexts();
  const stale = Object.entries(texts).filter(([path, text]) => current(path) !== text);
  mkdirSync(new URL('playbooks/', DOCS), { recursive: true });
  const left = readdirSync(new URL('playbooks/', DOCS))
    .map((name) => `playbooks/${name}`)
    .filter((path) => !Object.hasOwn(texts, path));
  if (process.argv.includes('--check')) {
    for (const [path] of stale) console.error(`docs/${path} is out of date: run npm run generate`);
    for (const path of left) console.error(`docs/${path} belongs to no playbook: run npm run generate`);
    process.exitCode = stale.length + left.length > 0 ? 1 : 0;
  } else {
    for (const [path, text] of stale) writeFileSync(new URL(path, DOCS), text);
    for (const path of left) rmSync(new URL(path, DOCS));
  }
}
