/** `playcaller demo`: the real app against a local GitHub, to play by hand or, with `--once`, played through and checked. */
import { once } from 'node:events';
import { type Demo, startDemo } from '../sandbox/story/start-demo.ts';
import { STEPS } from '../sandbox/story/steps/index.ts';
import { playStory } from '../sandbox/story/story.ts';
import { Transcript } from '../sandbox/story/transcript.ts';
import { requireFree } from './free-port.ts';
import { parseOptions, portOf } from './usage-fault.ts';

const HELP = `Usage: playcaller demo [options]

Runs the real app against a local GitHub: no account, no network. Without --once it runs until Ctrl+C.

  --once                plays the story, checks each step, exits 0, or 1 if a check failed
  --port <n>            port of the local GitHub (4000; 0: any free one)
  --app-port <n>        port of the app (3000; 0: any free one)
  --database-url <url>  PostgreSQL instead of the embedded store; a schema of its own is made and dropped
`;

const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** @returns 0 done, 1 a check failed or the app did not start. @throws {UsageFault} for wrong options or a taken port. */
export async function demoCommand(argv: string[]): Promise<number> {
  const options = parseOptions(argv, {
    once: { type: 'boolean', default: false },
    port: { type: 'string', default: '4000' },
    'app-port': { type: 'string', default: '3000' },
    'database-url': { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  });
  if (options.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const wanted = { port: portOf(options.port, '--port'), appPort: portOf(options['app-port'], '--app-port') };
  const port = await requireFree(wanted.port, '--port');
  const appPort = await requireFree(wanted.appPort, '--app-port');
  const stop = stopSignal();
  const began = Date.now();
  let demo: Demo;
  try {
    demo = await startDemo({ port, appPort, databaseUrl: options['database-url'] ?? null, pretendCi: !options.once });
  } catch (error) {
    process.stderr.write(`playcaller demo: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
  const ending = await Promise.race([
    options.once ? play(demo, began) : keepRunning(demo),
    stop.then((): Ending => ({ code: options.once ? INTERRUPTED : 0 })),
    demo.app.died().then((): Ending => ({ code: 1, why: 'the app has ended by itself' })),
  ]);
  await demo.close(ending.code !== 0);
  if (ending.why !== undefined) process.stderr.write(`playcaller demo: ${ending.why}. Its log: ${demo.app.settings.logFile}\n`);
  // A story that was interrupted would go on looking for what can no longer come.
  if (ending.code === INTERRUPTED) process.exit(INTERRUPTED);
  return ending.code;
}

interface Ending {
  code: number;
  why?: string;
}

/** As a shell tells an end by SIGINT. */
const INTERRUPTED = 130;

async function play(demo: Demo, began: number): Promise<Ending> {
  print(`Playcaller's story, played by the real app on ${demo.app.settings.url} against a local GitHub on ${demo.url}`);
  const say = new Transcript(print);
  const { people, app, slow } = demo;
  const { passed, failed } = await playStory(STEPS, { people, app, slow, say, memory: {} });
  print(`\n${STEPS.length} steps in ${((Date.now() - began) / 1000).toFixed(1)} s: ${passed} checks passed, ${failed} failed`);
  return failed === 0 ? { code: 0 } : { code: 1, why: 'not every check held' };
}

/** Never resolves: a signal ends it, or the app's own end. */
function keepRunning(demo: Demo): Promise<Ending> {
  print(`
  Playcaller is running.

  GitHub, made small   ${demo.url}/acme/shop
  the app              ${demo.app.settings.url}

  Try this:
   1. Open a new issue and put the label session:bug-fix on it: branch, card and playbook appear.
   2. Tick steps in the playbook comment and watch the card.
   3. Open a pull request from the session's branch with a careless title: its check tells what to mend.
   4. Mend it; CI reports by itself after a moment. Then merge.
   5. Comment /session sweep anywhere.
  You are alice; the menu at the top right makes you someone else. Everything is gone when this ends.

  Ctrl+C ends it.
`);
  return new Promise(() => undefined);
}

/** The first SIGINT or SIGTERM. */
function stopSignal(): Promise<unknown> {
  return Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
}
