/** Small pieces that every page of the sandbox is made of: icons, people, times, labels, states. */
import octicons from '@primer/octicons';
import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** One of GitHub's icons, 16 px, hidden from screen readers. An unknown name shows nothing. */
export function icon(name: string, className = ''): Html {
  return raw(octicons[name]?.toSVG({ width: 16, height: 16, class: className, 'aria-hidden': 'true' }) ?? '');
}

/** GitHub gives colours as six hex digits; anything else could break out of the style attribute. */
function channels(color: string): [number, number, number] {
  const hex = /^[0-9a-f]{6}$/i.test(color) ? color : 'ededed';
  return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as [number, number, number];
}

/** A label as a coloured pill; the style sheet picks text colours for light and dark from the three channels. */
export function labelChip(label: { name: string; color: string; description: string | null }): Html {
  const [r, g, b] = channels(label.color);
  const light = (r * 0.2126 + g * 0.7152 + b * 0.0722) / 255 > 0.6;
  return html`<span class="label ${light ? 'label-light' : ''}" style="--r:${r};--g:${g};--b:${b}" title="${label.description ?? label.name}">${label.name}</span>`;
}

/** Issue payloads may carry labels as bare names; pages want one shape. */
export function labelOf(label: string | { name?: string; color?: string | null; description?: string | null }): {
  name: string;
  color: string;
  description: string | null;
} {
  if (typeof label === 'string') return { name: label, color: 'ededed', description: null };
  return { name: label.name ?? '', color: label.color ?? 'ededed', description: label.description ?? null };
}

/** A round (people) or square (apps) picture made of the first letter: no remote images. */
export function avatar(login: string, size: 20 | 40 = 20): Html {
  let hue = 0;
  for (const letter of login) hue = (hue * 31 + (letter.codePointAt(0) ?? 0)) % 360;
  const shape = login.endsWith('[bot]') ? 'avatar-bot' : '';
  return html`<span class="face face-${size} ${shape}" style="--hue:${hue}" aria-hidden="true">${login.slice(0, 1).toUpperCase()}</span>`;
}

export function person(login: string): Html {
  const bot = login.endsWith('[bot]');
  return html`<strong class="who">${bot ? login.slice(0, -5) : login}</strong>${bot ? html` <span class="tag">bot</span>` : ''}`;
}

/** The browser script turns it into "3 minutes ago". */
export function when(iso: string): Html {
  return html`<time datetime="${iso}" title="${iso}">${iso.slice(0, 16).replace('T', ' ')}</time>`;
}

export interface StateOf {
  pull: boolean;
  state: string;
  reason: string | null;
  draft: boolean;
  merged: boolean;
}

interface Look {
  word: string;
  icon: string;
  tone: 'open' | 'done' | 'closed' | 'muted';
}

/** GitHub's words, icons and colours for an issue's or pull request's state. */
export function look(of: StateOf): Look {
  if (of.pull) {
    if (of.merged) return { word: 'Merged', icon: 'git-merge', tone: 'done' };
    if (of.state === 'closed') return { word: 'Closed', icon: 'git-pull-request-closed', tone: 'closed' };
    if (of.draft) return { word: 'Draft', icon: 'git-pull-request-draft', tone: 'muted' };
    return { word: 'Open', icon: 'git-pull-request', tone: 'open' };
  }
  if (of.state === 'open') return { word: 'Open', icon: 'issue-opened', tone: 'open' };
  if (of.reason === 'not_planned' || of.reason === 'duplicate') return { word: 'Closed', icon: 'skip', tone: 'muted' };
  return { word: 'Closed', icon: 'issue-closed', tone: 'done' };
}

export function stateBadge(of: StateOf): Html {
  const it = look(of);
  return html`<span class="state state-${it.tone}">${icon(it.icon)} ${it.word}</span>`;
}
