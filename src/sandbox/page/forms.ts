/** The addresses that forms post to; afterwards the browser goes back to where the change can be seen. */
import { type Context, Hono } from 'hono';
import { commit, createIssue, createPull, type Form, ON_THREAD, press, reportCi, rerun, tick, writeText } from './actions.ts';
import { type Api, apiAs, type Repo, type SandboxFetch } from './api.ts';
import { PEOPLE } from './layout.ts';
import { chooseUser, leaveNotice, userOf } from './show.ts';

async function formOf(c: Context): Promise<Form> {
  const fields = Object.entries(await c.req.parseBody());
  return Object.fromEntries(fields.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
}

function repoOf(c: Context): Repo {
  return { owner: c.req.param('owner') ?? '', repo: c.req.param('repo') ?? '' };
}

/** The page that the form stood on, if it is one of ours. */
function origin(c: Context): string {
  const referer = c.req.header('referer');
  if (!referer || !URL.canParse(referer)) return '/';
  const { pathname, search } = new URL(referer);
  return pathname + search;
}

/** Does it, and goes to `work`'s answer; what the API refuses is said on the page that asked. */
async function going(c: Context, work: () => Promise<string>): Promise<Response> {
  try {
    return c.redirect(await work(), 303);
  } catch (error) {
    // Octokit adds the address of the documentation, which is on the network.
    leaveNotice(c, (error instanceof Error ? error.message : String(error)).replace(/ - https:\/\/\S+$/, ''));
    return c.redirect(origin(c), 303);
  }
}

export function formRoutes(sandboxFetch: SandboxFetch): Hono {
  const routes = new Hono();
  const api = (c: Context): Api => apiAs(userOf(c), sandboxFetch);
  const thread = '/repos/:owner/:repo/:number{[0-9]+}';

  routes.post('/user', async (c) => {
    const { login = '', back = '/' } = await formOf(c);
    if (PEOPLE.some((one) => one.login === login)) chooseUser(c, login);
    return c.redirect(/^\/(?![/\\])/.test(back) ? back : '/', 303);
  });
  routes.post('/repos/:owner/:repo/issues', (c) => going(c, async () => createIssue(api(c), repoOf(c), await formOf(c))));
  routes.post('/repos/:owner/:repo/pulls', (c) => going(c, async () => createPull(api(c), repoOf(c), await formOf(c))));
  routes.post('/repos/:owner/:repo/commit', (c) => going(c, async () => commit(api(c), repoOf(c), await formOf(c))));
  routes.post(`${thread}/ci`, (c) =>
    going(c, async () => {
      await reportCi(apiAs('ci', sandboxFetch), repoOf(c), await formOf(c));
      return origin(c);
    }),
  );
  routes.post(`${thread}/text/:target`, (c) =>
    going(c, async () => {
      const { body = '' } = await formOf(c);
      await writeText(api(c), repoOf(c), Number(c.req.param('number')), c.req.param('target'), body);
      return origin(c);
    }),
  );
  routes.post(`${thread}/tick/:target`, (c) =>
    going(c, async () => {
      const done = await tick(api(c), repoOf(c), Number(c.req.param('number')), c.req.param('target'), await formOf(c));
      if (!done) leaveNotice(c, 'That line has changed meanwhile. Nothing was ticked.');
      return origin(c);
    }),
  );
  for (const [name, act] of Object.entries({ rerequest: rerun, action: press })) {
    routes.post(`/repos/:owner/:repo/runs/:id{[0-9]+}/${name}`, (c) =>
      going(c, async () => {
        await act(api(c), repoOf(c), Number(c.req.param('id')), await formOf(c));
        return origin(c);
      }),
    );
  }
  for (const [name, act] of Object.entries(ON_THREAD)) {
    routes.post(`${thread}/${name}`, (c) =>
      going(c, async () => {
        await act(api(c), repoOf(c), Number(c.req.param('number')), await formOf(c));
        return origin(c);
      }),
    );
  }
  return routes;
}
