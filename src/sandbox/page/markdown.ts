/** Markdown as GitHub shows it: GFM, sanitised, HTML comments invisible, task lists that can be ticked. */
import type { Element, Root as HastRoot } from 'hast';
import { raw } from 'hono/html';
import type { Root } from 'mdast';
import { rehypeGithubAlerts } from 'rehype-github-alerts';
import rehypeRaw from 'rehype-raw';
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize';
import rehypeStringify from 'rehype-stringify';
import remarkBreaks from 'remark-breaks';
import remarkGfm from 'remark-gfm';
import remarkGithub from 'remark-github';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { SKIP, visit } from 'unist-util-visit';
import type { Html } from './html.ts';

export interface MarkdownOptions {
  /** `owner/name`: `#12` becomes a link there. */
  repo: string;
  /** Comments and bodies break lines where the author did; files and check runs do not. */
  breaks?: boolean;
  /** Whether boxes can be ticked here. */
  tasks?: boolean;
}

/** One line of a task list in a Markdown text. */
export interface Task {
  text: string;
  checked: boolean;
  /** Where the character between the brackets stands in the source. */
  offset: number;
}

const reader = unified().use(remarkParse).use(remarkGfm);

/** The boxes of a text in the order in which they are shown; what looks like one in code or HTML comments is none. */
export function tasksOf(source: string): Task[] {
  const tasks: Task[] = [];
  visit(reader.parse(source), 'listItem', (item) => {
    if (typeof item.checked !== 'boolean') return;
    const start = item.position?.start.offset ?? 0;
    const bracket = source.indexOf('[', start);
    const line = source.slice(bracket + 3).split('\n', 1)[0] ?? '';
    tasks.push({ text: line.trim(), checked: item.checked, offset: bracket + 1 });
  });
  return tasks;
}

/**
 * Ticks or clears one box. The text wins over the number, so that a click on a page a moment old still meets its line.
 * @returns the new source, or null when that line is gone.
 */
export function setTask(source: string, index: number, text: string, checked: boolean): string | null {
  const tasks = tasksOf(source);
  const there = tasks[index];
  const task = there?.text === text ? there : tasks.find((other) => other.text === text);
  if (!task) return null;
  return `${source.slice(0, task.offset)}${checked ? 'x' : ' '}${source.slice(task.offset + 1)}`;
}

/** Marks each task's list item, so that boxes written as raw HTML are never taken for one. */
function numberTasks() {
  return (tree: Root, file: { value: unknown }): void => {
    const texts = tasksOf(String(file.value));
    let index = 0;
    visit(tree, 'listItem', (item) => {
      if (typeof item.checked !== 'boolean') return;
      item.data = { ...item.data, hProperties: { dataTask: String(index), dataText: texts[index]?.text ?? '' } };
      index += 1;
    });
  };
}

function enableBoxes() {
  return (tree: HastRoot): void => {
    visit(tree, 'element', (item: Element) => {
      if (item.tagName !== 'li' || item.properties.dataTask === undefined) return;
      visit(item, 'element', (box: Element) => {
        if (box.tagName !== 'input') return;
        const { dataTask, dataText } = item.properties;
        box.properties = { ...box.properties, disabled: false, dataTask, dataText, ariaLabel: String(dataText) };
        return false;
      });
    });
  };
}

/** Pictures from elsewhere are named, not loaded: the sandbox needs no network. */
function nameImages() {
  return (tree: HastRoot): void => {
    visit(tree, 'element', (image: Element, index, parent) => {
      if (image.tagName !== 'img' || !parent || index === undefined) return;
      parent.children[index] = { type: 'text', value: `[image: ${String(image.properties.alt ?? '')}]` };
      return SKIP;
    });
  };
}

const schema = {
  ...defaultSchema,
  attributes: { ...defaultSchema.attributes, li: [...(defaultSchema.attributes?.li ?? []), 'dataTask', 'dataText'] },
};

/** Safe to put into a page as it is. */
export function markdown(source: string, options: MarkdownOptions): Html {
  const pipe = unified().use(remarkParse).use(remarkGfm);
  if (options.breaks) pipe.use(remarkBreaks);
  pipe.use(remarkGithub, {
    repository: options.repo,
    mentionStrong: false,
    buildUrl: (values) => {
      if (values.type === 'issue') return `/${values.user}/${values.project}/issues/${values.no}`;
      if (values.type === 'mention') return false;
      return values.type === 'commit' ? `/${values.user}/${values.project}/commit/${values.hash}` : false;
    },
  });
  if (options.tasks) pipe.use(numberTasks);
  pipe
    .use(remarkRehype, { allowDangerousHtml: true })
    .use(rehypeRaw)
    .use(rehypeSanitize, schema)
    .use(nameImages)
    .use(rehypeGithubAlerts, {});
  if (options.tasks) pipe.use(enableBoxes);
  return raw(String(pipe.use(rehypeStringify).processSync(source)));
}
