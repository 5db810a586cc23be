/** Room on the disk that a file or directory is on. */
import { statfs } from 'node:fs/promises';

/** Bytes that are free for an ordinary user. @throws when there is no such path */
export async function freeBytes(path: string): Promise<number> {
  const { bavail, bsize } = await statfs(path);
  return bavail * bsize;
}
