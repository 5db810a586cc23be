/** Finds out whether a port can be had before anything is started on it. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import { UsageFault } from './usage-fault.ts';

/** @param port 0: any free one. @returns the port. @throws {UsageFault} with the way out when it is taken. */
export async function requireFree(port: number, option: string): Promise<number> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'EADDRINUSE')
      throw new UsageFault(
        `port ${port} is taken by another process. Stop that one, or choose another port: ${option} 0 takes any free one.`,
      );
    if (code === 'EACCES')
      throw new UsageFault(
        `port ${port} needs more rights than this process has. Choose another one: ${option} 0 takes any free one.`,
      );
    throw error;
  }
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : port;
}
