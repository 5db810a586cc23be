/** Loaded into an app before itself (`node --import`): on SIGUSR2 it collects its garbage and tells what is left. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

process.on('SIGUSR2', () => {
  collect();
  process.stdout.write(`${JSON.stringify({ liveHeap: process.memoryUsage().heapUsed })}\n`);
});
