// Keeps a page fresh without losing what one types, sends forms in place, ticks task lists.
import { Idiomorph } from '/-/idiomorph.js';

const EVERY_MS = 2000;
let tag = null;
let busy = false;

/** "3 minutes ago" */
function tellTimes() {
  const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  for (const time of document.querySelectorAll('time')) {
    const seconds = Math.round((Date.parse(time.dateTime) - Date.now()) / 1000);
    const [unit, size] =
      [
        ['day', 86_400],
        ['hour', 3600],
        ['minute', 60],
      ].find(([, least]) => Math.abs(seconds) >= least) ?? [];
    time.textContent = unit ? words.format(Math.round(seconds / size), unit) : 'just now';
  }
}

/** Fields that someone works in, and what they have opened, stay as they are. */
const callbacks = {
  beforeNodeMorphed(old, fresh) {
    if (!(old instanceof Element)) return true;
    if (old.isEqualNode(fresh)) return false;
    if (old instanceof HTMLDetailsElement) fresh.open = old.open;
    if (old instanceof HTMLTimeElement && old.dateTime === fresh.dateTime) return false;
    return !(
      old.matches('textarea, input:not([type=checkbox]):not([type=hidden])') &&
      (old === document.activeElement || old.value !== old.defaultValue)
    );
  },
};

/** Shows the answer. A form that went through is emptied first, so that it takes what is new. */
function put(text, form) {
  const fresh = new DOMParser().parseFromString(text, 'text/html');
  if (form && !fresh.querySelector('.notice')) {
    if (form.contains(document.activeElement)) document.activeElement.blur();
    form.reset();
    const box = form.closest('details.edit, details.edit-title');
    if (box) box.open = false;
  }
  Idiomorph.morph(document.querySelector('#page'), fresh.querySelector('#page'), { callbacks, restoreFocus: true });
  document.title = fresh.title;
  for (const box of document.querySelectorAll('input[data-task]')) box.checked = box.hasAttribute('checked');
  tellTimes();
}

async function refresh(force = false) {
  if (busy || document.hidden) return;
  busy = true;
  try {
    const answer = await fetch(location.href, { headers: tag && !force ? { 'if-none-match': tag } : {}, cache: 'no-store' });
    if (answer.status !== 304) {
      tag = answer.headers.get('etag');
      put(await answer.text());
    }
    document.body.classList.remove('away');
  } catch {
    // The sandbox is away: say so quietly and look again.
    document.body.classList.add('away');
  } finally {
    busy = false;
  }
}

async function send(action, fields, form) {
  const answer = await fetch(action, { method: 'POST', body: new URLSearchParams(fields) });
  const there = new URL(answer.url);
  if (there.pathname !== location.pathname) {
    location.assign(there);
    return;
  }
  tag = answer.headers.get('etag');
  put(await answer.text(), form);
}

document.addEventListener('submit', async (event) => {
  const form = event.target;
  if (form.method !== 'post' || form.action.endsWith('/-/user')) return;
  event.preventDefault();
  const button = event.submitter;
  if (button) button.disabled = true;
  const fields = new FormData(form);
  if (button?.name) fields.set(button.name, button.value);
  try {
    await send(form.getAttribute('action'), fields, form);
  } finally {
    if (button) button.disabled = false;
  }
});

document.addEventListener('change', async (event) => {
  const box = event.target;
  const tasks = box.closest?.('[data-tasks]');
  if (!tasks || box.dataset.task === undefined) return;
  await send(tasks.dataset.tasks, { task: box.dataset.task, text: box.dataset.text, checked: String(box.checked) });
});

// One open menu at a time, closed by a click elsewhere or Escape.
document.addEventListener('click', (event) => {
  for (const menu of document.querySelectorAll('details.menu[open]')) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  for (const menu of document.querySelectorAll('details.menu[open]')) menu.open = false;
});

tellTimes();
setInterval(() => refresh(), EVERY_MS);
document.addEventListener('visibilitychange', () => refresh());
