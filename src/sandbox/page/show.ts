/** Sends a page: the chosen person, the notice of the last action, a tag that tells the poll whether anything changed. */
import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { html } from 'hono/html';
import { statusOf } from './api.ts';
import { type Html, icon } from './html.ts';
import { PEOPLE, page, type RepoFrame } from './layout.ts';

const NOTICE = 'sandbox-notice';
const USER = 'sandbox-user';

export interface Answer {
  title: string;
  main: Html;
  repo: RepoFrame | null;
}

/** alice until someone else is chosen. */
export function userOf(c: Context): string {
  const login = getCookie(c, USER);
  return PEOPLE.find((one) => one.login === login)?.login ?? 'alice';
}

export function chooseUser(c: Context, login: string): void {
  setCookie(c, USER, login, { path: '/', sameSite: 'Lax', httpOnly: true });
}

/** Shown once, on the next page. */
export function leaveNotice(c: Context, text: string): void {
  setCookie(c, NOTICE, text.slice(0, 500), { path: '/', sameSite: 'Lax', httpOnly: true, maxAge: 60 });
}

function takeNotice(c: Context): string | null {
  const notice = getCookie(c, NOTICE);
  if (!notice) return null;
  deleteCookie(c, NOTICE, { path: '/' });
  return notice;
}

/** 304 when the page is what the browser has; a notice is always news. */
export async function show(c: Context, answer: Answer, status: 200 | 404 | 502 = 200): Promise<Response> {
  const user = userOf(c);
  const main = await answer.main;
  const tag = `"${createHash('sha256')
    .update(JSON.stringify([user, answer.repo, String(main)]))
    .digest('base64url')
    .slice(0, 22)}"`;
  c.header('etag', tag);
  c.header('cache-control', 'no-store');
  const notice = takeNotice(c);
  if (status === 200 && notice === null && c.req.header('if-none-match') === tag) return c.body(null, 304);
  const { pathname, search } = new URL(c.req.url);
  return c.html(page({ title: answer.title, user, path: pathname + search, notice, repo: answer.repo, main }), status);
}

/** A missing page, or the API's own words about what went wrong. */
export function showFault(c: Context, error: unknown): Promise<Response> {
  const status = statusOf(error);
  const missing = status === 404;
  const words = error instanceof Error ? error.message : String(error);
  const main = html`<div class="blank">${icon(missing ? 'search' : 'alert')}<h1>${missing ? 'There is nothing here' : 'The API did not answer'}</h1>
<p>${missing ? 'Or the person you act as may not see it.' : words}</p><p><a class="btn" href="/">All repositories</a></p></div>`;
  return show(c, { title: missing ? 'Not found' : 'Fault', main, repo: null }, missing ? 404 : 502);
}
