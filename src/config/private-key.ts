/** The app's private key as people paste it into an environment: PEM, PEM with `\n` written out, or base64 of either. */
import { createPrivateKey } from 'node:crypto';

/** @returns the key as PEM, or null when it is no private RSA key. */
export function readPrivateKey(text: string): string | null {
  const written = text.trim().replaceAll('\\n', '\n');
  const pem = written.includes('-----BEGIN') ? written : Buffer.from(written, 'base64').toString('utf8').replaceAll('\\n', '\n');
  if (!pem.includes('-----BEGIN')) return null;
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType !== 'rsa') return null;
    return `${pem.trim()}\n`;
  } catch {
    return null;
  }
}
