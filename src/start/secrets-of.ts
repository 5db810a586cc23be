/** The values in an environment that nobody may read in the log. */
import type { Environment } from '../config/environment.ts';

export function secretsOf({ webhookSecret, privateKey, databaseUrl }: Environment): string[] {
  return [webhookSecret, privateKey, ...(databaseUrl === null ? [] : [databaseUrl, ...passwordsIn(databaseUrl)])];
}

/** Before the host, and as a parameter; as written and as meant. */
function passwordsIn(address: string): string[] {
  const url = URL.parse(address);
  // What is no address may hold one all the same: what stands between the first colon and the last at sign.
  if (url === null) return [/:\/\/[^:]*:(.*)@/s.exec(address)?.[1] ?? ''];
  const written = [url.password, ...['password', 'sslpassword'].map((name) => url.searchParams.get(name) ?? '')];
  return written.flatMap((text) => [text, decoded(text)]).filter((text) => text !== '');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
