/** How many writes a GraphQL document makes: GitHub runs each top-level field of a mutation as a write of its own. */

/** Strings and comments first, so that braces and words inside them do not count. */
const TOKEN = /"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|#[^\n]*|\.\.\.|[_A-Za-z]\w*|[{}()@:]/g;

/** 0 for a query. A spread counts as one. Reads the document's first operation. */
export function countWrites(document: string): number {
  const tokens = (document.match(TOKEN) ?? []).filter((token) => !token.startsWith('"') && !token.startsWith('#'));
  const start = tokens.indexOf('mutation');
  if (start < 0) return 0;
  let braces = 0;
  let parentheses = 0;
  let fields = 0;
  for (let at = start; at < tokens.length; at += 1) {
    const token = tokens[at] ?? '';
    if (token === '(') parentheses += 1;
    else if (token === ')') parentheses -= 1;
    else if (parentheses > 0) continue;
    else if (token === '{') braces += 1;
    else if (token === '}') {
      braces -= 1;
      if (braces === 0) break;
    } else if (braces === 1 && isField(token, tokens[at - 1], tokens[at + 1])) fields += 1;
  }
  return fields;
}

function isField(token: string, before: string | undefined, after: string | undefined): boolean {
  if (token === '...') return true;
  return /^\w/.test(token) && after !== ':' && before !== '@' && before !== '...';
}
