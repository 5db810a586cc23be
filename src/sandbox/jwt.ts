/** Checks an app's JSON Web Token as GitHub does: RS256, issued in the past, at most ten minutes long. */
import { verify } from 'node:crypto';
import { SandboxError } from './error.ts';
import type { App } from './state/accounts.ts';
import type { World } from './state/world.ts';

const longest = 600;
/** Clocks may differ by a minute. */
const drift = 60;

function decode(part: string | undefined): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part ?? '', 'base64url').toString());
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** Whether a token is a JWT at all. */
export function looksLikeJwt(token: string): boolean {
  return /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/.test(token);
}

/** The app that signed it. `now` in seconds. @throws 401 with GitHub's words. */
export function verifyJwt(world: World, token: string, now: number): App {
  const [head, body, signature] = token.split('.');
  const [header, claims] = [decode(head), decode(body)];
  if (header?.alg !== 'RS256' || !claims) throw new SandboxError(401, 'A JSON web token could not be decoded');
  const { iss, iat, exp } = claims;
  const app = [...world.apps.values()].find((one) => String(one.id) === String(iss) || clientId(one) === iss);
  if (!app?.publicKey) {
    throw new SandboxError(401, "'Issuer' claim ('iss') must be an Integer");
  }
  const signed = Buffer.from(`${head}.${body}`);
  if (!verify('RSA-SHA256', signed, app.publicKey, Buffer.from(signature ?? '', 'base64url'))) {
    throw new SandboxError(401, 'A JSON web token could not be decoded');
  }
  if (typeof iat !== 'number' || iat > now + drift) {
    const text = "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued";
    throw new SandboxError(401, text);
  }
  if (typeof exp !== 'number' || exp <= now - drift) {
    const text =
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires";
    throw new SandboxError(401, text);
  }
  if (exp > now + longest + drift || exp - iat > longest + drift) {
    throw new SandboxError(401, "'Expiration time' claim ('exp') is too far in the future");
  }
  return app;
}

/** What newer apps sign with instead of the number. */
export function clientId(app: App): string {
  return `Iv1.${app.id.toString(16).padStart(16, '0')}`;
}
