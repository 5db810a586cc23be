/** The real app as a process of its own: started, killed, started again on the same data. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { until } from './until.ts';

export interface AppSettings {
  /** The file that starts the app. */
  main: string;
  env: Record<string, string>;
  url: string;
  /** The app's own log goes here. */
  logFile: string;
}

const START_MS = 30_000;
const STOP_MS = 15_000;

export class AppProcess {
  readonly settings: AppSettings;
  readonly #log: WriteStream;
  #child: ChildProcess | null = null;
  #errors = '';
  /** Whether its end is our doing. */
  #ending = false;
  readonly #died = Promise.withResolvers<void>();

  constructor(settings: AppSettings) {
    this.settings = settings;
    this.#log = createWriteStream(settings.logFile, { flags: 'a' });
  }

  /** Resolves when `/readyz` answers 200. @throws with what the app wrote on standard error when it ends before. */
  async start(): Promise<void> {
    this.#errors = '';
    this.#ending = false;
    const child = spawn(process.execPath, [this.settings.main], {
      env: { PATH: process.env.PATH ?? '', NODE_ENV: 'production', ...this.settings.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    child.once('exit', () => {
      if (!this.#ending) this.#died.resolve();
    });
    child.stdout.pipe(this.#log, { end: false });
    child.stderr.pipe(this.#log, { end: false });
    child.stderr.on('data', (text) => {
      this.#errors = (this.#errors + String(text)).slice(-4000);
    });
    const { held } = await until(
      async () => (this.#ended() ? 'ended' : (await fetch(`${this.settings.url}/readyz`)).status),
      (answer) => answer === 200 || answer === 'ended',
      START_MS,
    );
    if (!held || this.#ended()) {
      const said = this.#errors.trim();
      throw new Error(`the app did not get ready.${said === '' ? '' : ` It said:\n${said}`}\nIts log: ${this.settings.logFile}`);
    }
  }

  /** Resolves when the app ends and nobody asked it to. */
  died(): Promise<void> {
    return this.#died.promise;
  }

  #ended(): boolean {
    return this.#child === null || this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** No warning, no cleaning up: as a power cut. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Stops it where it stands, as a machine does that swaps or moves elsewhere; its connections stay open. */
  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }

  /** It goes on, and does not know that time has passed. */
  thaw(): void {
    this.#child?.kill('SIGCONT');
  }

  /** Lets it finish what it has begun. @returns its exit code; null when it had to be killed. */
  async stop(): Promise<number | null> {
    const code = await this.#end('SIGTERM');
    this.#log.end();
    return code;
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    this.#ending = true;
    const child = this.#child;
    if (!child || this.#ended()) return child?.exitCode ?? null;
    const exit = once(child, 'exit');
    child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await exit;
    clearTimeout(timer);
    return child.exitCode;
  }

  /** Lanes with waiting work, from the app's metrics; 0 means that it has nothing left to do. */
  async waiting(): Promise<number> {
    const text = await (await fetch(`${this.settings.url}/metrics`)).text();
    const value = /^playcaller_queue_depth (\d+)/m.exec(text)?.[1];
    if (value === undefined) throw new Error('the metrics name no playcaller_queue_depth');
    return Number(value);
  }

  /** Inputs that the app has put aside because they kept failing. */
  async parked(): Promise<number> {
    const text = await (await fetch(`${this.settings.url}/metrics`)).text();
    return Number(/^playcaller_parked (\d+)/m.exec(text)?.[1] ?? 0);
  }
}
