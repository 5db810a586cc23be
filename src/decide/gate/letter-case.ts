/** Whether a text is written in a case, as commitlint reads it: what stands in quotes does not count. */
import type { LetterCase } from '../../model/commitlint.ts';

/** An empty text, and one that begins with a digit, is in every case. */
export function isInCase(text: string, letterCase: LetterCase): boolean {
  const input = text.replace(/`.*?`|".*?"|'.*?'/g, '').trim();
  const wanted = toCase(input, letterCase);
  return wanted === '' || /^\d/.test(wanted) || wanted === input;
}

function toCase(text: string, letterCase: LetterCase): string {
  switch (letterCase) {
    case 'lower-case':
      return text.toLowerCase();
    case 'upper-case':
      return text.toUpperCase();
    case 'sentence-case':
      return upperFirst(text);
    case 'kebab-case':
      return wordsOf(text).join('-').toLowerCase();
    case 'snake-case':
      return wordsOf(text).join('_').toLowerCase();
    case 'start-case':
      return wordsOf(text).map(upperFirst).join(' ');
    case 'camel-case':
      return camel(text);
    default:
      return upperFirst(camel(text));
  }
}

function camel(text: string): string {
  return wordsOf(text)
    .map((word, index) => (index === 0 ? word.toLowerCase() : upperFirst(word.toLowerCase())))
    .join('');
}

/** `fooBar-baz 2` is foo, Bar, baz, 2; accents go, as in the library that commitlint takes the cases from. */
function wordsOf(text: string): string[] {
  const plain = text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replace(/['’]/g, '');
  return plain.match(/\p{Lu}?\p{Ll}+|\p{N}+|\p{Lu}+(?!\p{Ll})|\p{Emoji_Presentation}|\p{Extended_Pictographic}|\p{L}+/gu) ?? [];
}

function upperFirst(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
