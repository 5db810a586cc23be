/** One replica's door to GitHub: who asked and wrote what, in which order over all doors. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bodyOf, newAgent, passOn } from './pass-on.ts';

export interface Call {
  replica: string;
  /** The GraphQL operation. */
  operation: string;
  /** The subject that a `Subject` query is about; null for others. */
  number: number | null;
  /** All texts among the variables: node ids are. */
  texts: Set<string>;
  /** Places in the one order of all beginnings and ends. */
  begin: number;
  end: number;
}

/** Shared by all doors. */
export interface Book {
  calls: Call[];
  /** Told of each call before it is passed on; may take its time. */
  before(call: Call): Promise<void> | void;
  next(): number;
}

export function newBook(): Book {
  let moment = 0;
  return {
    calls: [],
    before: () => undefined,
    next: () => {
      moment += 1;
      return moment;
    },
  };
}

export interface Door {
  /** As `GHE_HOST`. */
  host: string;
  close(): Promise<void>;
}

export async function openDoor(replica: string, sandboxPort: number, book: Book): Promise<Door> {
  const agent = newAgent();
  const server = createServer((incoming, outgoing) => {
    const pass = async (): Promise<void> => {
      const body = await bodyOf(incoming);
      const call = incoming.url === '/api/graphql' ? noted(replica, body, book) : null;
      if (call) {
        book.calls.push(call);
        await book.before(call);
      }
      // Nobody waits for it any more: a request that its process did not live to send.
      if (incoming.socket.destroyed) return;
      const answer = await passOn(agent, sandboxPort, incoming, body);
      if (call) call.end = book.next();
      outgoing.writeHead(answer.status, answer.headers).end(answer.body);
    };
    pass().catch(() => outgoing.destroy());
  });
  server.keepAliveTimeout = 75_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    host: `127.0.0.1:${port}`,
    async close() {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function noted(replica: string, body: Buffer, book: Book): Call {
  const asked: { query?: string; variables?: Record<string, unknown> } = JSON.parse(body.toString());
  const operation = /\b(?:query|mutation)\s+(\w+)/.exec(asked.query ?? '')?.[1] ?? '';
  const number = operation === 'Subject' ? Number(asked.variables?.number) : null;
  const begin = book.next();
  return { replica, operation, number, texts: new Set(textsIn(asked.variables)), begin, end: begin };
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** From asking about a subject to the last write that came of it. */
interface Evaluation {
  replica: string;
  begin: number;
  end: number;
}

/** Evaluations of one subject by one replica that another's began within. @param id the subject's node id */
export function overlaps(calls: readonly Call[], number: number, id: string): string[] {
  const evaluations: Evaluation[] = [];
  const running = new Map<string, Evaluation>();
  for (const { replica, operation, number: about, texts, begin, end } of calls) {
    if (about === number) {
      const evaluation = { replica, begin, end };
      evaluations.push(evaluation);
      running.set(replica, evaluation);
    } else if (operation === 'Apply' && texts.has(id)) {
      const evaluation = running.get(replica);
      if (evaluation) evaluation.end = Math.max(evaluation.end, end);
    }
  }
  return evaluations.flatMap((one) =>
    evaluations
      .filter((other) => other.replica !== one.replica && other.begin > one.begin && other.begin < one.end)
      .map((other) => `#${number}: ${one.replica} ${one.begin}–${one.end}, ${other.replica} from ${other.begin}`),
  );
}
