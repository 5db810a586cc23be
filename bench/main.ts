/** `npm run bench`: measures, prints tables or writes docs/benchmarks.md, and fails when a goal is missed. */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isMet, toTable } from './figure.ts';
import { thisMachine } from './machine.ts';
import type { Measured } from './page.ts';
import { page } from './page.ts';
import { PARTS } from './parts.ts';

const PAGE = new URL('../docs/benchmarks.md', import.meta.url);

const HELP = `npm run bench -- [options] [part …]

Measures the parts that are named; without names all but ${byNameOnly().join(', ')}.

  --all       those as well
  --json      prints JSON
  --markdown  writes docs/benchmarks.md
  --help      shows this

Parts: ${Object.keys(PARTS).join(', ')}
`;

const { values, positionals } = parseArgs({
  options: {
    all: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    markdown: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const unknown = positionals.filter((name) => !Object.hasOwn(PARTS, name));
if (values.help) process.stdout.write(HELP);
else if (unknown.length > 0) {
  process.stderr.write(`There is no part "${unknown[0]}"; there are ${Object.keys(PARTS).join(', ')}.\n`);
  process.exitCode = 2;
} else await measureAll();

async function measureAll(): Promise<void> {
  const machine = thisMachine();
  const begun = new Date();
  const chosen = Object.entries(PARTS).filter(([name, part]) =>
    positionals.length > 0 ? positionals.includes(name) : values.all || !part.byNameOnly,
  );
  const measured: Measured[] = [];
  for (const [name, { about, measure }] of chosen) {
    process.stderr.write(`measuring ${name} …\n`);
    const started = performance.now();
    const figures = await measure();
    measured.push({ name, about, figures, seconds: (performance.now() - started) / 1000 });
  }
  const figures = measured.flatMap((part) => part.figures);
  if (values.markdown) writeFileSync(PAGE, page(machine, begun, measured));
  const report = figures.map((figure) => ({ ...figure, met: isMet(figure) }));
  process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : `${toTable(figures)}\n`);
  process.exitCode = figures.every(isMet) ? 0 : 1;
}

function byNameOnly(): string[] {
  return Object.keys(PARTS).filter((name) => PARTS[name]?.byNameOnly);
}
