/** Whether a section of a description says something, or only looks so. */
import type { Nodes, RootContent } from 'mdast';
import type { Emptiness, SectionId } from '../../render/gate/description.ts';

/**
 * Comments, empty items, images of nothing and template text do not count. "None" alone counts for Rollout only,
 * where nothing to do is the usual case; elsewhere it wants a reason ("None: only the README changed").
 * Under Testing, boxes that nobody ticked are a plan and no test.
 */
export function contentOf(section: SectionId, nodes: readonly RootContent[]): 'content' | Emptiness {
  const boxes = { unticked: 0 };
  const text = nodes
    .map((node) => visible(node, section === 'testing', boxes))
    .join('\n')
    .trim();
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.join('').length < 2) return boxes.unticked > 0 ? 'unticked' : text === '' ? 'empty' : 'placeholder';
  if (isPlaceholder(text) || nodes.every((node) => isBlank(node) || isInstruction(node))) return 'placeholder';
  if (section !== 'rollout' && SAYS_NONE.test(text) && words.length < 4) return saysOnlyNone(words) ? 'reason' : 'content';
  return 'content';
}

const SAYS_NONE = /^\W*(?:none|no|nope|nothing|n\/?a|not applicable|not needed|not required|nil|-+)\b/i;

function saysOnlyNone(words: readonly string[]): boolean {
  return !words.some(
    (word) =>
      !/^(?:none|no|nope|nothing|n|a|na|not|applicable|needed|required|nil|all|at|here|really|risks?|rollback|tests?|testing|plan)$/i.test(
        word,
      ),
  );
}

const FILLER =
  /^(?:todo|tbd|tbc|tba|fixme|xxx+|wip|to do|to be (?:done|defined|decided|determined|added|filled(?: in)?|written)|fill (?:me |this )?in|coming soon|later|placeholder|describe(?: here| me)?|your text here|text here|lorem ipsum\b.*)[\s.:!…)\]]*$/i;

function isPlaceholder(text: string): boolean {
  const lines = text
    .split('\n')
    .map((line) => line.replace(/^[\s_*[(<>]+/, '').trim())
    .filter((line) => line !== '');
  return lines.length > 0 && lines.every((line) => FILLER.test(line));
}

/** A template speaks to the author, in italics or brackets: "_Describe what changed…_". */
const INSTRUCTION =
  /^(?:please|describe|explain|list|tell|add|fill|write|give|summari[sz]e|state|provide|mention|what|how|why|which|e\.?g\.?|example|replace|delete|remove|optional)\b/i;

function isInstruction(node: RootContent): boolean {
  if (node.type !== 'paragraph') return false;
  const parts = node.children.filter((child) => !(child.type === 'text' && child.value.trim() === '') && !isBlank(child));
  const [only] = parts;
  if (parts.length === 1 && (only?.type === 'emphasis' || only?.type === 'strong'))
    return INSTRUCTION.test(visible(only, false, { unticked: 0 }).trim());
  const text = visible(node, false, { unticked: 0 }).trim();
  return /^[[(<{][^\])>}]*[\])>}]\.?$/.test(text) && INSTRUCTION.test(text.slice(1));
}

function isBlank(node: Nodes): boolean {
  return visible(node, false, { unticked: 0 }).trim() === '';
}

/** What a reader sees of it. */
function visible(node: Nodes, ticksCount: boolean, boxes: { unticked: number }): string {
  switch (node.type) {
    case 'html':
      return node.value
        .replace(/<!--[\s\S]*?(?:-->|$)/g, '')
        .replace(/<img\b[^>]*>/gi, ' image ')
        .replace(/<[^>]*>/g, '');
    case 'image':
    case 'imageReference':
      return ` ${node.alt || 'image'} `;
    case 'text':
    case 'inlineCode':
    case 'code':
      return node.value;
    case 'break':
      return '\n';
    case 'definition':
    case 'thematicBreak':
      return '';
    default:
      break;
  }
  if (!('children' in node)) return '';
  if (node.type === 'listItem' && node.checked === false && ticksCount) {
    boxes.unticked += 1;
    return '';
  }
  const block =
    node.type !== 'paragraph' &&
    node.type !== 'link' &&
    node.type !== 'emphasis' &&
    node.type !== 'strong' &&
    node.type !== 'delete';
  return node.children.map((child) => visible(child, ticksCount, boxes)).join(block ? '\n' : '');
}
