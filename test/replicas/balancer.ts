/** The least load balancer: webhooks in turn to whoever is ready, as a Kubernetes service gives them. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bodyOf, newAgent, passOn } from './pass-on.ts';

export interface Balancer {
  /** Where GitHub sends webhooks. */
  url: string;
  add(port: number): void;
  remove(port: number): void;
  /** How many webhooks each took (2xx), by its port. */
  took: Map<number, number>;
  close(): Promise<void>;
}

export async function startBalancer(): Promise<Balancer> {
  const agent = newAgent();
  const took = new Map<number, number>();
  let ports: number[] = [];
  let turn = 0;
  const server = createServer((incoming, outgoing) => {
    const pass = async (): Promise<void> => {
      const body = await bodyOf(incoming);
      turn += 1;
      const inTurn = ports.map((_, index) => ports[(turn + index) % ports.length] ?? 0);
      let last = { status: 503, headers: {}, body: Buffer.from('{"message":"nobody is there"}') };
      for (const port of inTurn) {
        // Sent again elsewhere: the GUID keeps it from being done twice, should the first have taken it.
        const answer = await passOn(agent, port, incoming, body).catch(() => null);
        if (answer) last = answer as typeof last;
        if (!answer || answer.status === 503) continue;
        if (answer.status < 300) took.set(port, (took.get(port) ?? 0) + 1);
        break;
      }
      outgoing.writeHead(last.status, last.headers).end(last.body);
    };
    pass().catch(() => outgoing.destroy());
  });
  server.keepAliveTimeout = 75_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/api/github/webhooks`,
    add: (added) => void ports.push(added),
    remove: (gone) => {
      ports = ports.filter((one) => one !== gone);
    },
    took,
    async close() {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
