/** The generated pages are current, and say all that their sources say. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadBuiltInPlaybooks } from '../../src/config/load-playbooks.ts';
import { commands } from '../../src/decide/commands/help.ts';
import { docTexts } from '../../tools/write-docs.ts';

const docs = new URL('../../docs/', import.meta.url);
const page = (path: string) => readFileSync(new URL(path, docs), 'utf8');

describe('generated pages', () => {
  it.each(Object.entries(docTexts()))('%s is current', (path, text) => {
    expect(page(path)).toBe(text);
  });

  it('are all that lies in docs/playbooks', () => {
    const pages = loadBuiltInPlaybooks().map(({ type }) => `${type}.md`);
    expect(readdirSync(new URL('playbooks/', docs)).sort()).toEqual(['README.md', ...pages].sort());
  });

  it.each(loadBuiltInPlaybooks())('$type: every phase, step and criterion', ({ type, phases, criteria, commit }) => {
    const text = page(`playbooks/${type}.md`);
    for (const { id, title } of phases) expect(text).toMatch(new RegExp(`## ${title}\\n\\n.*phase \`${id}\``));
    for (const { id } of [...phases.flatMap(({ steps }) => steps), ...criteria]) expect(text).toContain(`\n- \`${id}\` `);
    expect(text).toContain(commit.trimEnd());
  });

  it.each([...commands])('/session $verb: usage, examples, permission', ({ verb, usage, examples, permission }) => {
    const [, section = ''] = page('commands.md').split(`\n## ${verb}\n`);
    const own = section.split('\n## ')[0];
    for (const words of [usage, ...examples, `Needs ${permission}.`]) expect(own).toContain(words);
  });

  it('links of the pages lead to files that are there', () => {
    for (const path of Object.keys(docTexts())) {
      for (const [, target = ''] of page(path).matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)) {
        const url = new URL(target, new URL(path, docs));
        expect(() => readFileSync(url), `${path} → ${target}`).not.toThrow();
      }
    }
  });
});
