/** Whether a test belongs to a code file, as far as their paths tell: by name, or by folder (P9). */

/** Folders that say what kind of file lies in them, and nothing about the area. */
const KIND = new Set([
  ...['src', 'lib', 'app', 'source', 'main', 'java', 'kotlin', 'scala', 'csharp', 'python', 'ruby'],
  ...['test', 'tests', '__tests__', 'spec', 'specs', 'unit', 'integration', 'e2e', 'functional'],
]);
/** Files named for their folder. */
const FOLDER_FILES = new Set(['index', 'mod', 'lib', 'main', '__init__']);

/** The pair that is nearest: of one name, else of one folder; null when no test lies near any of the code. */
export function pairOf(tests: readonly string[], code: readonly string[]): { test: string; code: string } | null {
  const named = new Map(code.map((path) => [stem(path), path]));
  for (const test of tests) {
    const found = named.get(testStem(test));
    if (found !== undefined) return { test, code: found };
  }
  const placed = new Map(code.map((path) => [area(path), path]));
  for (const test of tests) {
    const found = placed.get(area(test));
    if (found !== undefined) return { test, code: found };
  }
  return null;
}

function parts(path: string): { folders: string[]; name: string } {
  const folders = path.split('/');
  const file = folders.pop() ?? '';
  return { folders, name: file.replace(/(?<=.)\..*$/, '') };
}

/** `src/cart/index.ts` is about the cart. */
function stem(path: string): string {
  const { folders, name } = parts(path);
  const about = FOLDER_FILES.has(name) ? folders.findLast((folder) => !KIND.has(folder)) : undefined;
  return plain(about ?? name);
}

/** `cart.test.ts`, `test_cart.py`, `CartTest.java`, `cart_spec.rb`, `CartTests.cs` are all about the cart. */
function testStem(path: string): string {
  const { folders, name } = parts(path);
  const about = name
    .replace(/^(test|spec)[_-]/i, '')
    .replace(/[_-](test|tests|spec|specs)$/i, '')
    .replace(/^Test(?=[A-Z])/, '')
    .replace(/(?<=[a-z0-9])(Tests?|Specs?|IT)$/, '');
  return FOLDER_FILES.has(about) ? stem([...folders, about].join('/')) : plain(about);
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[_-]/g, '');
}

/** The folder without what only tells code from tests: `src/main/java/shop` and `src/test/java/shop` are one area. */
function area(path: string): string {
  const { folders } = parts(path);
  return folders
    .map((folder) => folder.replace(/\.(Tests?|Specs?)$/, ''))
    .filter((folder) => !KIND.has(folder.toLowerCase()))
    .join('/');
}
