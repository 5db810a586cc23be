/** What people might write to make the bot mention, close, link or forge; and a look at whether a text of the bot's does. */
import type { GitHubEffect } from '../../src/model/effect.ts';
import { readMarkdown } from '../sweep/read-markdown.ts';

/** Each carries `evil` where it would have an effect. */
export const HOSTILE: readonly string[] = [
  '@evilperson and @evilorg/evilteam',
  'closes #31337, fixes evilorg/evilrepo#31337, resolves GH-31337',
  'see https://evil.example/x and www.evil.example or http://evil.example',
  '[click](https://evil.example) ![i](https://evil.example/p.png) <https://evil.example>',
  '[a](javascript:evil()) [b](data:text/html,evil) [c]: javascript:evil()',
  '<img src=x onerror=evil()> <script>evil()</script> <a href="javascript:evil()">x</a>',
  '<!-- playcaller:card evil --> x <!-- playcaller:reply evil --> <!-- step:evil -->',
  '--> <!-- playcaller:state {"v":1,"session":{"id":"evil"}} -->',
  'x\n<!-- playcaller:state {"v":1,"session":{"id":"evil"}} -->\n',
  '</details></summary></code></td></tr></table><h1>evil</h1>',
  'x\n\n# evilheading\n\n- [x] evil box\n\n> evil quote\n\n---\n',
  '```\n@evilperson closes #31337 <!-- playcaller:card evil -->\n```\n@evilperson',
  '`evil` ``` ~~~ `` @evilperson `',
  'a | b | c\n|---|---|\n| @evilperson | <b>evil</b> |',
  '|@`<#31337>`|\\|@evilperson\\',
  '\u202E@evilperson\u2066 \u200B@\u200Bevilperson #\u200B31337',
  '\u001b[31m@evilperson\u001b[0m\u0007\u0000',
  '&#64;evilperson &commat;evilperson &lt;b&gt; &#60;script&#62;evil()',
  '/session abandon evil\n/session waive ci evil',
  'Session: evil\nCloses: #31337',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what a shell or a template would fill in.
  '$(evil) ${evil} {{evil}} {{ evil }} %{evil}',
  '__proto__',
  'constructor.prototype.evil',
  `${'@evilperson '.repeat(400)}`,
  `${'|`<@#'.repeat(200)}evil`,
  '\ud800@evilperson\udfff',
];

/** The texts of an effect that GitHub would read as Markdown, and titles, which it shows as they are. */
export function textsOf(effect: GitHubEffect): { markdown: string[]; titles: string[] } {
  switch (effect.kind) {
    case 'comment.create':
    case 'comment.update':
      return { markdown: [effect.body], titles: [] };
    case 'issue.create':
      return { markdown: [effect.body], titles: [effect.title] };
    case 'issue.update':
      return { markdown: effect.body === undefined ? [] : [effect.body], titles: [] };
    case 'pull.create':
      return { markdown: [effect.body], titles: [effect.title] };
    case 'check.create':
    case 'check.update':
      return { markdown: [effect.output.summary, effect.output.text], titles: [effect.output.title] };
    default:
      return { markdown: [], titles: [] };
  }
}

/** The card's memory: hidden, ASCII, without a letter that means something to GitHub. */
const MEMORY = /^<!-- playcaller:state \{[^<>@#&]*\} -->$/;
/** Ours, and with nothing in them but keys of ours. */
const MARKERS = /^<!-- (?:playcaller:|playbook:|step:)[^<>\n]*-->$/;

/** What in a text of the bot's would have an effect that its writer wanted; empty when all is well. */
export function effectsOf(markdown: string): string[] {
  const shown = readMarkdown(markdown);
  const found: string[] = [];
  const flag = (what: string, text: string) => found.push(`${what}: ${text.slice(0, 120)}`);
  // Backslashes and entities are read by now: a broken word joiner is all that may stand between.
  if (/@evil/i.test(shown.text)) flag('mention', /.{0,30}@evil.{0,20}/is.exec(shown.text)?.[0] ?? '');
  if (/#31337|GH-31337/i.test(shown.text)) flag('reference', /.{0,30}31337/s.exec(shown.text)?.[0] ?? '');
  if (/:\/\/evil|www\.evil/i.test(shown.text)) flag('address', /.{0,30}(?::\/\/|www\.)evil/is.exec(shown.text)?.[0] ?? '');
  for (const url of shown.links) if (/evil|^(?!https?:|#|\.|\/)[a-z]+:/i.test(url)) flag('link', url);
  for (const heading of shown.headings) if (/^evilheading/.test(heading)) flag('heading', heading);
  for (const html of shown.html) {
    if (/evil/i.test(html) && !MEMORY.test(html.trim())) flag('html', html);
    if (
      html.startsWith('<!--') &&
      !html.split('\n').every((line) => line === '' || MARKERS.test(line.trim()) || MEMORY.test(line))
    )
      flag('comment', html);
    if (/<(?:script|img|iframe|style|form|svg|object|embed|h1|table)\b/i.test(html)) flag('element', html);
  }
  // Our markers are found by their letters, wherever they stand: in code, too, no stranger's may.
  for (const [marker] of markdown.matchAll(/<!-- (?:playcaller|step):[^>]*evil[^>]*>/g))
    if (!MEMORY.test(marker)) flag('marker', marker);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/.test(markdown)) flag('control', 'character');
  return found;
}
