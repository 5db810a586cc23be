/** Words on the rules that a repository's own commitlint configuration sets for titles. */
import type { Commitlint, CommitlintRule, CommitlintRules } from '../../model/commitlint.ts';
import type { Fault } from '../../model/config.ts';
import { code, quoteText } from '../markdown.ts';
import { count, listing } from './phrases.ts';

/** What a broken rule finds, in a few words that follow the title and a colon. */
function broken(rule: CommitlintRule): string {
  const { demand, part, when } = rule;
  const of = part === 'header' ? 'it ' : `its ${part} `;
  const never = when === 'never';
  switch (demand.kind) {
    case 'empty':
      return never ? `it has no ${part}` : `it has a ${part}, and none is wanted`;
    case 'enum':
      return never ? `${of}may not be any of ${values(demand.values)}` : `${of}is none of ${values(demand.values)}`;
    case 'case': {
      const cases = listing(demand.cases.map((one) => `${one.when === 'never' ? 'not ' : ''}${one.case}`)).replace(
        / and (?=[^,]*$)/,
        ' or ',
      );
      return `${of}${never ? 'may not be' : 'is not'} in ${cases}`;
    }
    case 'delimiters':
      return never
        ? `${of}may not be parted by ${values(demand.allowed)}`
        : `${of}may be parted by nothing but ${values(demand.allowed)}`;
    case 'exclamation-mark':
      return never ? 'it has a `!` before its colon' : 'it has no `!` before its colon';
    case 'full-stop':
      return never ? `${of}ends with ${code(demand.mark)}` : `${of}does not end with ${code(demand.mark)}`;
    case 'max-length':
      return `${of}is longer than ${count(demand.length, 'character')}`;
    case 'min-length':
      return `${of}is shorter than ${count(demand.length, 'character')}`;
    case 'trim':
      return 'it begins or ends with blanks';
  }
}

/** @param what the title or the message, in Markdown */
export function fault(what: string, rules: readonly CommitlintRule[], config: CommitlintRules): string {
  return `${what} breaks the rules of ${code(config.path)}: ${why(rules, config)}`;
}

/** Without a type and a subject there is no header at all: one word on the form instead of two on its parts. */
function why(rules: readonly CommitlintRule[], config: CommitlintRules): string {
  const formless = ['type-empty', 'subject-empty'].every((name) =>
    rules.some((rule) => rule.name === name && rule.when === 'never'),
  );
  const rest = formless ? rules.filter(({ demand }) => demand.kind !== 'empty') : rules;
  const form = config.ownPattern
    ? `it does not match ${code(config.headerPattern, 120)}`
    : 'it is not of the form `type: subject`';
  return [...(formless ? [form] : []), ...rest.map(broken)].join('; ');
}

export function warning(rules: readonly CommitlintRule[], config: CommitlintRules): string {
  return `Note: ${code(config.path)} warns of the title: ${why(rules, config)}`;
}

export function mend(suggestion: string | null, rules: readonly CommitlintRule[], config: CommitlintRules): string {
  if (suggestion !== null) return `Try ${code(suggestion, 120)}.`;
  const types = config.rules.find(({ name, when }) => name === 'type-enum' && when === 'always')?.demand;
  const scoped = config.rules.some(({ name, when }) => name === 'scope-empty' && when === 'never');
  const form = config.ownPattern ? code(config.headerPattern, 120) : code(scoped ? 'type(scope): subject' : 'type: subject');
  const known = types?.kind === 'enum' ? `, with one of the types ${values(types.values)}` : '';
  const asks = rules.map(({ name }) => code(name, 60)).join(', ');
  return `Write it as ${form}${known}. Broken: ${asks}.`;
}

export function good(config: CommitlintRules): string {
  return `Keeps the rules of ${code(config.path)}`;
}

/** Rules that are code; null where there are none. */
export function plugins({ unread }: CommitlintRules): string | null {
  return unread.length === 0 ? null : `Note: rules of plugins are code, which is never run here: ${values(unread)}`;
}

/** Why the repository's own rules are not followed, and what holds instead. */
export function notFollowed(config: Exclude<Commitlint, CommitlintRules>): string {
  return `Note: ${code(config.path)} ${reason(config)}: Playcaller’s own rule holds`;
}

function reason(config: Exclude<Commitlint, CommitlintRules>): string {
  switch (config.why) {
    case 'code':
      return 'is code, which is never run here';
    case 'preset':
      return `builds on ${code(config.name, 80)}, which is not read here`;
    case 'faults':
      return `cannot be followed (${faults(config.faults)})`;
  }
}

function faults([first, ...rest]: readonly Fault[]): string {
  if (first === undefined) return 'it has a fault';
  const field = first.field === '' ? '' : `${code(first.field, 80)} `;
  return `line ${first.line}: ${field}${quoteText(first.message, 160)}${rest.length > 0 ? `; and ${count(rest.length, 'more fault')}` : ''}`;
}

function values(list: readonly string[]): string {
  return listing(
    list.map((value) => code(value, 30)),
    12,
  );
}
