/** Stands between GitHub and the app: hands webhooks on as they come, or late, twice, in any order, and some never. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

interface Letter {
  headers: Record<string, string>;
  body: string;
}

/** Shares of all letters, 0 to 1. */
export interface Manners {
  lost: number;
  twice: number;
  /** Kept until `handOverLate`. */
  late: number;
  /** The longest delay of the others, in milliseconds. */
  delayMs: number;
}

export const RELIABLE: Manners = { lost: 0, twice: 0, late: 0, delayMs: 0 };

export interface PostOffice {
  url: string;
  behave(manners: Manners, random: () => number): void;
  /** What was kept back comes now, when all has changed. */
  handOverLate(): void;
  /** Letters under way; those kept back are not. */
  underWay(): number;
  figures(): { letters: number; lost: number; twice: number; late: number };
  close(): Promise<void>;
}

/** GitHub hears of no loss: what fails on the last stretch is not in its list of failed deliveries. */
export async function openPostOffice(appUrl: string): Promise<PostOffice> {
  let manners = RELIABLE;
  let random: () => number = () => 0;
  let kept: Letter[] = [];
  let underWay = 0;
  const figures = { letters: 0, lost: 0, twice: 0, late: 0 };

  async function hand(letter: Letter, delayMs: number): Promise<void> {
    underWay += 1;
    try {
      if (delayMs > 0) await pause(delayMs);
      const answer = await fetch(appUrl, { method: 'POST', headers: letter.headers, body: letter.body });
      if (!answer.ok) throw new Error(`the app refused a webhook: ${answer.status} ${await answer.text()}`);
      await answer.arrayBuffer();
    } finally {
      underWay -= 1;
    }
  }

  function take(letter: Letter): Promise<unknown> {
    figures.letters += 1;
    const { lost, twice, late, delayMs } = manners;
    const delay = () => random() * delayMs;
    // A command is said once: no sweep can know that it was given.
    const isCommand = letter.headers['x-github-event'] === 'issue_comment' && isAsked(letter.body);
    const again = random() < twice;
    const fate = isCommand ? 1 : random();
    if (fate < lost) figures.lost += 1;
    else if (fate < lost + late) {
      figures.late += 1;
      kept.push(letter);
    }
    if (again) {
      figures.twice += 1;
      if (fate >= lost) kept.push(letter);
    }
    return fate < lost + late ? Promise.resolve() : hand(letter, delay());
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const taken = take({ headers: githubs(request.headers), body: Buffer.concat(chunks).toString('utf8') });
      taken.catch((error: unknown) => console.error('post office:', error));
      response.writeHead(202).end();
    });
  });
  server.keepAliveTimeout = 75_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    behave(wanted, from) {
      manners = wanted;
      random = from;
    },
    handOverLate() {
      const letters = kept;
      kept = [];
      for (const letter of letters) void hand(letter, random() * manners.delayMs);
    },
    underWay: () => underWay,
    figures: () => ({ ...figures }),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function isAsked(body: string): boolean {
  return /\/session/.test(body) && /"action":"created"/.test(body);
}

function githubs(headers: IncomingHttpHeaders): Record<string, string> {
  const wanted = Object.entries(headers).filter(([name]) => /^(x-|content-type$|user-agent$)/.test(name));
  return Object.fromEntries(wanted.map(([name, value]) => [name, String(value)]));
}
