/** Questions for sub-issues that say nothing of what they wait for, as a checklist (S1). */

/** Stable ids: ticks are kept by them. */
const QUESTIONS = [
  ['uses', 'Does it call code, types or an interface that another sub-issue makes? → `Depends on #n`'],
  ['data', 'Does it need a table, a migration or data that another one brings? → `Depends on #n`'],
  ['decides', 'Does another one settle something that it builds on? → `Depends on #n`'],
  ['files', 'Does it change a file that another one changes too? → `After #n`'],
  ['tests', 'Does it test or describe what another one makes? → `After #n`'],
  ['stub', 'Could it begin against a stub of what another one makes? → `After #n` instead of `Depends on`'],
] as const;
const MOST = 12;

/** Folded; ticks that people set stay. */
export function questionsBlock({ silent, ticks }: { silent: readonly number[]; ticks: ReadonlySet<string> }): {
  name: string;
  body: string;
} {
  if (silent.length === 0) return { name: 'the questions', body: '' };
  const asked = silent
    .slice(0, MOST)
    .flatMap((number) => [`**#${number}**`, '', ...QUESTIONS.map(([id, text]) => line(number, id, text)), '']);
  const others = silent.slice(MOST, MOST + 100).map((number) => `#${number}`);
  const beyond = silent.length - MOST - others.length;
  const more =
    others.length === 0 ? [] : [`The same questions go for ${others.join(', ')}${beyond > 0 ? ` and ${beyond} more` : ''}.`, ''];
  const body = [
    `<details><summary>What do these wait for? ${silent.length} of the sub-issues ${silent.length === 1 ? 'says' : 'say'} nothing of it</summary>`,
    '',
    'A yes is a line in the description, as shown behind the arrow, or a blocked-by link. If all are no, write `Depends on: none`.',
    '',
    ...asked,
    ...more,
    '</details>',
  ].join('\n');
  return { name: 'the questions', body };

  function line(number: number, id: string, text: string): string {
    const step = `ask-${number}-${id}`;
    return `- [${ticks.has(step) ? 'x' : ' '}] ${text} <!-- step:${step} -->`;
  }
}
