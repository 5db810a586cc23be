/** `explain` as text for a terminal of 100 columns. */
import type { FileFact, PullFacts } from '../model/pull-facts.ts';
import type { Verdict, VerdictItem } from '../model/verdict.ts';
import { headline } from '../render/gate/headline.ts';
import { cleanText } from '../render/markdown.ts';
import type { Difference, Explained } from './explained.ts';
import { plainText, wrap } from './plain-text.ts';

const WIDTH = 100;
const MAX_LISTED = 20;
const INDENT = ' '.repeat(12);
const SHORT = 7;
const SIGNS: Record<FileFact['change'], string> = {
  added: 'A',
  modified: 'M',
  removed: 'D',
  renamed: 'R',
  copied: 'C',
  changed: 'T',
};

export function explainReport(given: Explained): string {
  const { pull, repo, verdict, trial } = given;
  return [
    ...wrap(`${repo}#${pull.number} ${cleanText(pull.title, 300)}`, WIDTH, '  ', ''),
    pull.url,
    '',
    'Facts',
    ...facts(given),
    '',
    trial ? `Items under ${trial.file}` : 'Items',
    ...(verdict === null ? ['  none: it is not open'] : verdict.items.flatMap(item)),
    ...(verdict?.items.length === 0 ? ['  all are off'] : []),
    ...(trial ? ['', `What ${trial.file} would change`, ...changes(trial.differences)] : []),
    '',
    ...wrap(said(verdict, pull), WIDTH, '  ', 'Verdict: '),
    ...(trial?.inForce ? wrap(said(trial.inForce, pull), WIDTH, '  ', 'In force: ') : []),
    '',
  ].join('\n');
}

function said(verdict: Verdict | null, { state }: PullFacts): string {
  return verdict ? `${verdict.state}. ${headline(verdict)}` : `none; it is ${state}`;
}

function facts({ pull, session, sharesHeadWith, configuration, now }: Explained): string[] {
  const fork = pull.headRepo === null ? ' of a repository that is gone' : ` in ${pull.headRepo}`;
  const fault = configuration.faults.map(
    ({ file, line, field, message }) => `${file}:${line} ${field === '' ? '' : `${field}: `}${message}`,
  );
  return [
    ...fact('head', `${pull.headSha.slice(0, SHORT)} on ${cleanText(pull.headRef)}${fork}`),
    ...fact('base', cleanText(pull.baseRef)),
    ...fact('author', `${pull.author.login}${pull.author.bot ? ' (a bot)' : ''}`),
    ...fact('state', `${pull.state}${pull.draft ? ', a draft' : ''}, looked at ${now}`),
    ...fact('session', session ? `${session.id} on #${session.number}: ${session.type}, ${session.state}` : 'none'),
    ...fact('files', fileLines(pull)),
    ...fact('checks', checkLines(pull)),
    ...fact('reviews', reviewLines(pull)),
    ...(sharesHeadWith.length > 0 ? fact('same head', sharesHeadWith.map((number) => `#${number}`).join(', ')) : []),
    ...fact('config', [configuration.source, ...fault].join('\n')),
  ];
}

function fact(name: string, text: string): string[] {
  return wrap(text, WIDTH, INDENT, `  ${name.padEnd(INDENT.length - 2)}`);
}

function listed(lines: readonly string[], all: number): string[] {
  const shown = lines.slice(0, MAX_LISTED);
  return all > shown.length ? [...shown, `and ${all - shown.length} more`] : shown;
}

function fileLines({ files, filesTotal }: PullFacts): string {
  const sum = (pick: (file: FileFact) => number) => files.reduce((total, file) => total + pick(file), 0);
  const lines = files.map(
    ({ change, path, previousPath, additions, deletions }) =>
      `${SIGNS[change]} ${cleanText(path)} +${additions} -${deletions}${previousPath === null ? '' : ` (was ${cleanText(previousPath)})`}`,
  );
  const head = `${filesTotal} changed, +${sum((file) => file.additions)} -${sum((file) => file.deletions)}`;
  const unlisted = files.length < filesTotal ? `, ${filesTotal - files.length} of them not listed by GitHub` : '';
  return [head + unlisted, ...listed(lines, files.length)].join('\n');
}

function checkLines({ checks, checksCut }: PullFacts): string {
  const lines = checks.map(
    ({ name, app, state, required }) =>
      `${state}: ${cleanText(name)}${app === null ? '' : ` (${cleanText(app)})`}${required ? ', required' : ''}`,
  );
  if (lines.length === 0) return 'none';
  return [...listed(lines, lines.length), ...(checksCut ? ['and more that were not read'] : [])].join('\n');
}

function reviewLines({ reviews = [], headSha }: PullFacts): string {
  const lines = reviews.map(({ author, state, commitSha }) => {
    const on = commitSha === null ? '' : ` ${commitSha.slice(0, SHORT)}${commitSha === headSha ? '' : ', an earlier commit'}`;
    return `${author.login}: ${state.replace('-', ' ')}${on}`;
  });
  return lines.length === 0 ? 'none' : listed(lines, lines.length).join('\n');
}

function item({ id, title, level, status, evidence, mend, annotations }: VerdictItem): string[] {
  const name = title.toLowerCase() === id ? id : `${id}: ${title}`;
  const marks = annotations.map(({ path, line, title: what }) => `${cleanText(path)}:${line} ${cleanText(what)}`);
  return [
    `  ${status.padEnd(14)} ${name}${level === 'advisory' ? ' (advice, blocks nothing)' : ''}`,
    ...wrap(plainText(evidence), WIDTH, '      '),
    ...(mend === null ? [] : wrap(plainText(mend), WIDTH, '         ', '      -> ')),
    ...listed(marks, marks.length).flatMap((mark) => wrap(mark, WIDTH, '         ')),
  ];
}

function changes(differences: readonly Difference[]): string[] {
  if (differences.length === 0) return ['  nothing: no item differs'];
  const words = (judged: Difference['inForce']) => (judged ? `${judged.status} (${judged.level})` : 'off');
  return differences.map(({ id, inForce, underFile }) => `  ${id}: ${words(inForce)} -> ${words(underFile)}`);
}
