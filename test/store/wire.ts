/** Stands between the app and PostgreSQL, so that a test can cut them apart. */
import type { AddressInfo, Socket } from 'node:net';
import { connect, createServer } from 'node:net';

export interface Wire {
  /** Where PostgreSQL is reached through it, on 127.0.0.1. */
  port: number;
  /** Every connection is gone and no new one is taken. */
  cut(): Promise<unknown>;
  mend(): Promise<void>;
  /** Nothing passes though all connections stand; switched off, they are gone. */
  silence(on: boolean): void;
}

export async function openWire(target: URL): Promise<Wire> {
  const sockets = new Set<Socket>();
  let mute = false;
  const server = createServer((inward) => {
    const outward = connect(Number(target.port || 5432), target.hostname);
    for (const [from, to] of [
      [inward, outward],
      [outward, inward],
    ] as const) {
      sockets.add(from);
      from.on('data', (chunk) => mute || to.write(chunk));
      from.on('error', () => {});
      from.on('close', () => to.destroy());
    }
  });
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const drop = (): void => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  return {
    port,
    cut: () => {
      const closed = new Promise((resolve) => server.close(resolve));
      drop();
      return closed;
    },
    mend: () => listen(port),
    silence: (on) => {
      mute = on;
      if (!on) drop();
    },
  };
}

/** The same database, through the wire. */
export function throughWire(url: string, wire: Wire): string {
  const through = new URL(url);
  through.hostname = '127.0.0.1';
  through.port = String(wire.port);
  return through.href;
}
