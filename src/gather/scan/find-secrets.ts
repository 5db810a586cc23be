/** Looks for secrets in the lines that a file gains. */
import type { SecretLintSourceOptions } from '@secretlint/core';
import type { AddedLine } from './added-lines.ts';
import { isPlaceholder, MORE_KINDS, secretKind } from './secret-kinds.ts';

export interface FoundSecret {
  line: number;
  kind: string;
}

type Lint = (content: string, name: string) => Promise<{ at: number; end: number; kind: string }[]>;

/** Ends no match and joins no two hunks: it is neither white space nor a character of any secret. */
const GAP = '\u0001';

const AWS = '@secretlint/secretlint-rule-aws';

let loading: Promise<Lint> | null = null;

/** In order of lines, each kind once a line. @throws when the scanner fails: then nothing is known of the file. */
export async function findSecrets(path: string, lines: AddedLine[]): Promise<FoundSecret[]> {
  if (lines.length === 0) return [];
  loading ??= load();
  const lint = await loading;
  const { content, lineAt } = joined(lines);
  const own = MORE_KINDS.flatMap(({ kind, pattern }) =>
    [...content.matchAll(pattern)].map((match) => ({ at: match.index, end: match.index + match[0].length, kind })),
  );
  const found = new Map<string, FoundSecret>();
  for (const { at, end, kind } of [...(await lint(content, path)), ...own].sort((a, b) => a.at - b.at)) {
    if (isPlaceholder(content.slice(at, end))) continue;
    const line = lineAt(at);
    found.set(`${line} ${kind}`, { line, kind });
  }
  return [...found.values()];
}

/** One text of all added lines, so that a key over several lines is seen, and the way back from an offset to its line. */
function joined(lines: AddedLine[]): { content: string; lineAt: (offset: number) => number } {
  const starts: { offset: number; line: number }[] = [];
  const parts: string[] = [];
  let offset = 0;
  let next = 0;
  for (const { line, text } of lines) {
    const row = parts.length > 0 && line !== next ? [GAP, text] : [text];
    for (const part of row) {
      starts.push({ offset, line });
      parts.push(part);
      offset += part.length + 1;
    }
    next = line + 1;
  }
  const lineAt = (wanted: number): number => starts.findLast((start) => start.offset <= wanted)?.line ?? 1;
  return { content: parts.join('\n'), lineAt };
}

/** The scanner is heavy: most deliveries never need it. */
async function load(): Promise<Lint> {
  const [{ lintSource }, { rules }, { secretLintProfiler }] = await Promise.all([
    import('@secretlint/core'),
    import('@secretlint/secretlint-rule-preset-recommend'),
    import('@secretlint/profiler'),
  ]);
  // It keeps about 200 time marks of every file for ever: a leak in a process that lives for months.
  secretLintProfiler.mark = () => {};
  // Rule by rule: the core ignores `disabled` inside a preset, and a pull request must not switch its own gate off by a comment.
  const config: SecretLintSourceOptions['options']['config'] = {
    rules: rules
      .filter((rule) => rule.meta.id !== '@secretlint/secretlint-rule-filter-comments')
      .map((rule) => ({ id: rule.meta.id, rule, options: rule.meta.id === AWS ? { enableIDScanRule: true } : {} })),
  };
  return async (content, path) => {
    const options = { config, noPhysicFilePath: true };
    const { messages } = await lintSource({ source: { content, contentType: 'text', ...knownName(path) }, options });
    return messages
      .map(({ messageId, ruleId, range }) => ({ messageId, ruleId, at: range[0], end: range[1] }))
      .filter(
        ({ messageId, at }) =>
          messageId !== 'AWSAccountID' && !(messageId === 'AWSAccessKeyID' && !/^A[KS]IA/.test(content.slice(at))),
      )
      .map(({ messageId, ruleId, at, end }) => ({ at, end, kind: secretKind(messageId, ruleId) }));
  };
}

/** Some rules look at a file's name, and one opens the file: it must never get a path that a pull request chose. */
function knownName(path: string): { filePath: string; ext: string } {
  const base = path.slice(path.lastIndexOf('/') + 1);
  if (base === '.npmrc') return { filePath: '.npmrc', ext: '' };
  if (base === 'package.json' || base === 'package-lock.json') return { filePath: base, ext: '.json' };
  return base.endsWith('.json') ? { filePath: 'added.json', ext: '.json' } : { filePath: 'added.txt', ext: '.txt' };
}
