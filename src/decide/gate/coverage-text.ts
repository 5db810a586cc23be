/** Reads the coverage of new code from what a check says of itself; the coverage of everything is not it. */

/** `no-lines`: the change holds nothing that can be covered. `no-data`: the check says itself that it knows nothing. */
export type Reading = { percent: number } | 'no-lines' | 'no-data' | 'unreadable';

/** GitHub takes 65,535 characters; what a check reports stands at the beginning. */
const MAX = 4_000;

const PERCENT = String.raw`(?<![\d.,+±−-])(\d{1,3}(?:[.,]\d{1,6})?) ?%`;
const NEW = '(?:the )?(?:diff|patch|new code|(?:new|changed|added|modified)(?: or added)?(?: relevant)? (?:code|lines?))';
const IS = '(?: is| was| at| of|:| =| →){0,2} ?';
const DEMAND = '(?:at least|target|minimum|min|required?|requires|threshold|below|under|≥|>=|<|>)[ :=]{0,3}(?:of )?';

const FIGURES = [
  // Codecov "85.71% of diff hit", SonarQube "85.7% Coverage on New Code"
  `${PERCENT} (?:coverage )?(?:of|on|for|in) ${NEW}(?! (?:is |are )?duplicat)`,
  // Codacy "85.71% diff coverage"
  `${PERCENT} ${NEW} coverage`,
  // "Diff coverage: 91%", "Patch coverage is 85.7%"
  `${NEW}(?: line| branch)? coverage${IS}${PERCENT}`,
  // "Coverage on new code: 85%"
  `coverage (?:of|on|for|in) ${NEW}${IS}${PERCENT}`,
  // Coveralls "26 of 27 (96.3%) changed or added relevant lines"
  String.raw`\(${PERCENT}\) ${NEW}`,
  String.raw`${NEW}[a-z\d ]{0,40} covered\.? ?\(${PERCENT}\)`,
].map((source) => new RegExp(source, 'gi'));

/** In a pull request Sonar measures new code only: "85.7% Coverage". */
const OF_SONAR = new RegExp(`${PERCENT} coverage`, 'gi');
const DEMANDED = new RegExp(`${DEMAND}$`, 'i');
const BARE = new RegExp(PERCENT, 'gi');

const NO_LINES =
  /\bcoverage (?:is )?not affected\b|\bno (?:coverable|relevant|executable|measurable|new|changed)(?: [a-z]+)? lines\b|\bno lines (?:with coverage|to cover|changed)\b|\bnothing to cover\b|\b(?:diff|patch) coverage(?: is|:)? n\/a\b/i;
const NO_DATA = /\bno (?:data about |information about |code )?coverage(?: (?:information|data|report))?\b/i;

/** Of several figures the lowest counts. The work is bounded: `MAX` characters, no pattern that can go back far. */
export function readCoverage(check: { name: string; title?: string | null; summary?: string | null }): Reading {
  const title = plain(check.title ?? '');
  const text = `${title} | ${plain(check.summary ?? '')}`;
  const patterns = /sonar/i.test(check.name) ? [...FIGURES, OF_SONAR] : FIGURES;
  const found = patterns.flatMap((pattern) => figures(text, pattern));
  if (found.length > 0) return { percent: Math.min(...found) };
  if (NO_LINES.test(text)) return 'no-lines';
  const bare = saysNewCode(check.name) ? onlyFigure(title) : null;
  if (bare !== null) return { percent: bare };
  return NO_DATA.test(text) ? 'no-data' : 'unreadable';
}

/** Markdown and HTML taken off: what a reader sees. */
function plain(text: string): string {
  return text
    .slice(0, MAX)
    .replace(/\]\([^()]{0,500}\)/g, ']')
    .replace(/<[^<>]{0,300}>/g, ' ')
    .replace(/[*_`~[\]]/g, '')
    .replace(/(?<=[a-z])-(?=[a-z])/gi, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** What is only demanded is not reached: "target diff coverage: 80%", "at least 80% of new code". */
function figures(text: string, pattern: RegExp): number[] {
  return [...text.matchAll(pattern)]
    .filter((match) => !DEMANDED.test(text.slice(Math.max(0, match.index - 20), match.index)))
    .map((match) => Number(match[1]?.replace(',', '.')))
    .filter((value) => value <= 100);
}

function saysNewCode(name: string): boolean {
  return /(?:diff|patch|new.?code).{0,3}cov|codecov\/patch/i.test(name);
}

/** The check's name tells what its figure is of, when there is one only: "90% (80% threshold)". */
function onlyFigure(title: string): number | null {
  const told = title.replace(/\([^()]{0,100}\)/g, ' ');
  if (/\b(?:total|overall|project|target|threshold|minimum|required?)\b/i.test(told)) return null;
  const [value, ...more] = figures(told, BARE);
  return value === undefined || more.length > 0 ? null : value;
}
