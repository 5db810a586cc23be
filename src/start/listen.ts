/** Opens the port, or says in plain words why not. */
import type { Server } from 'node:http';
import { CannotStart } from './errors.ts';

/** @throws {CannotStart} when the address cannot be taken. */
export function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const mend = error.code === 'EADDRINUSE' ? 'Another process has it: stop that one, or set PORT.' : 'Check HOST and PORT.';
      reject(new CannotStart(`Playcaller cannot listen on ${host}:${port} (${error.code ?? error.message}). ${mend}`));
    });
    server.listen(port, host, () => resolve());
  });
}
