/** The addresses that show something, at GitHub's own paths. */
import { type Context, Hono } from 'hono';
import { type Api, apiAs, type Repo, type SandboxFetch } from './api.ts';
import { runPage } from './checks.ts';
import { blobPage, comparePage, editPage, treePage } from './code.ts';
import { issuePage, newIssuePage } from './issue.ts';
import type { RepoFrame } from './layout.ts';
import { type ListedIssue, listPage, readLists } from './lists.ts';
import { type PullTab, pullPage } from './pull.ts';
import { repositoriesPage } from './repositories.ts';
import { type Answer, show, showFault, userOf } from './show.ts';
import { readThread } from './thread.ts';

interface Visit {
  c: Context;
  api: Api;
  at: Repo;
  user: string;
  frame: RepoFrame;
  all: ListedIssue[];
}

type View = (visit: Visit) => Promise<Omit<Answer, 'repo'>>;

function listed(tab: 'issues' | 'pulls'): View {
  return async ({ c, at, all }) => ({
    title: `${tab === 'pulls' ? 'Pull requests' : 'Issues'} · ${at.owner}/${at.repo}`,
    main: listPage(at, all, tab, c.req.query('state') === 'closed' ? 'closed' : 'open'),
  });
}

function pullView(tab: PullTab): View {
  return async ({ c, api, at, user }) => {
    const thread = await readThread(api, at, Number(c.req.param('number')));
    return { title: `${thread.issue.title} · #${thread.issue.number}`, main: await pullPage(api, at, thread, user, tab) };
  };
}

const issueView: View = async ({ c, api, at, user }) => {
  const thread = await readThread(api, at, Number(c.req.param('number')));
  return { title: `${thread.issue.title} · #${thread.issue.number}`, main: issuePage(at, thread, user) };
};

const VIEWS: [path: string, tab: RepoFrame['tab'], view: View][] = [
  ['/', 'issues', listed('issues')],
  ['/issues', 'issues', listed('issues')],
  ['/issues/new', 'issues', async ({ at }) => ({ title: 'New issue', main: newIssuePage(at) })],
  ['/issues/:number{[0-9]+}', 'issues', issueView],
  ['/pulls', 'pulls', listed('pulls')],
  ['/pull/:number{[0-9]+}', 'pulls', pullView('conversation')],
  ['/pull/:number{[0-9]+}/checks', 'pulls', pullView('checks')],
  ['/pull/:number{[0-9]+}/files', 'pulls', pullView('files')],
  ['/runs/:id{[0-9]+}', 'pulls', async ({ c, api, at }) => runPage(api, at, Number(c.req.param('id')))],
  ['/compare', 'pulls', async ({ c, at }) => ({ title: 'New pull request', main: comparePage(at, c.req.query('head') ?? '') })],
  [
    '/compare/:head{.+}',
    'pulls',
    async ({ c, at }) => ({ title: 'New pull request', main: comparePage(at, headOf(c.req.param('head'))) }),
  ],
  [
    '/tree/:ref{.+}',
    'code',
    async ({ c, api, at }) => ({ title: 'Code', main: await treePage(api, at, c.req.param('ref') ?? '') }),
  ],
  [
    '/commit/:ref',
    'code',
    async ({ c, api, at }) => ({ title: 'Code', main: await treePage(api, at, c.req.param('ref') ?? '') }),
  ],
  [
    '/blob/:ref{.+}',
    'code',
    async ({ c, api, at }) => {
      const { ref, path } = await blobOf(api, at, c.req.param('ref') ?? '', c.req.query('path'));
      return { title: path, main: await blobPage(api, at, ref, path) };
    },
  ],
  [
    '/edit',
    'code',
    async ({ c, api, at }) => ({
      title: 'Edit',
      main: await editPage(api, at, c.req.query('branch') ?? '', c.req.query('path') ?? ''),
    }),
  ],
];

/** GitHub writes `main...branch`. */
function headOf(range: string | undefined): string {
  return (range ?? '').split('...').at(-1) ?? '';
}

/** GitHub puts branch and path behind one another, and both may hold slashes: the longest branch that exists wins. */
async function blobOf(api: Api, at: Repo, rest: string, path: string | undefined): Promise<{ ref: string; path: string }> {
  if (path !== undefined) return { ref: rest, path };
  const branches = await api.paginate(api.rest.repos.listBranches, { ...at, per_page: 100 });
  const names = branches.map((branch) => branch.name).sort((one, other) => other.length - one.length);
  const ref = names.find((name) => rest.startsWith(`${name}/`)) ?? rest.split('/', 1)[0] ?? '';
  return { ref, path: rest.slice(ref.length + 1) };
}

export function viewRoutes(sandboxFetch: SandboxFetch): Hono {
  const routes = new Hono();
  routes.onError((error, c) => showFault(c, error));
  routes.get('/', async (c) =>
    show(c, { title: 'Repositories', main: await repositoriesPage(apiAs(userOf(c), sandboxFetch)), repo: null }),
  );
  for (const [path, tab, view] of VIEWS) {
    routes.get(`/:owner/:repo${path === '/' ? '' : path}`, async (c, next) => {
      const at = { owner: c.req.param('owner') ?? '', repo: c.req.param('repo') ?? '' };
      // `/api/v3` has the shape of a repository's address, and is none.
      if (at.owner === 'api' || at.owner === '-') return next();
      const user = userOf(c);
      const api = apiAs(user, sandboxFetch);
      const { all, frame } = await readLists(api, at, tab);
      return show(c, { ...(await view({ c, api, at, user, frame, all })), repo: frame });
    });
  }
  return routes;
}
