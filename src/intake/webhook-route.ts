/** `POST /api/github/webhooks`: verify, store, acknowledge. What concerns us is on disk before it is answered with 2xx (A1). */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Webhooks } from '@octokit/webhooks';
import type { Addressed } from '../model/trigger.ts';
import type { OwnIdentity } from './events/delivery.ts';
import { createRoom, type Room, readBody } from './read-body.ts';
import type { Receiver } from './receiver.ts';
import { toDelivery } from './to-delivery.ts';

export const WEBHOOK_PATH = '/api/github/webhooks';

/** GitHub caps payloads at 25 MB (GitHub docs, "Webhook events and payloads"). */
const BODY_LIMIT = 25 * 1024 * 1024;
/** Four of the largest, whoever sends them: who knows no secret must not fill our memory. */
const ALL_BODIES = 4 * BODY_LIMIT;
/** Another algorithm, another length: nothing to be compared, so nothing to be read. */
const SIGNATURE = /^sha256=[0-9a-f]{64}$/;
/** GitHub hangs up after ten seconds; a clear 503 before that lets it show the delivery as failed, to be sent again. */
const STORE_PATIENCE_MS = 8_000;
const RETRY_AFTER_SECONDS = 30;

/** `ignored`: it concerns nobody, so nothing of it is kept, its GUID neither. */
export type Outcome = 'stored' | 'duplicate' | 'ignored' | 'refused' | 'unavailable';
/** Kinds of refusal, few enough to be counted one by one. */
export type Refusal = 'signature' | 'size' | 'malformed' | 'method';

/** One answered request, for log and metrics. What a stranger sent is in it only where its form was checked. */
export interface Answered {
  outcome: Outcome;
  status: number;
  message: string;
  refusal: Refusal | null;
  /** `issues.labeled`; null before the headers were found good. */
  event: string | null;
  guid: string | null;
  /** Where its inputs went: `acme/shop#12`, or the commit or board that will say so. */
  about: string[];
  /** What kept it from being stored; null else. */
  error: unknown;
  durationMs: number;
}

export interface RouteParts {
  secret: string;
  receiver: Receiver;
  /** Read at each delivery: our login is learnt after the start. */
  own(): OwnIdentity;
  /** Work was stored that a worker could take. */
  onStored(): void;
  onAnswered(answered: Answered): void;
  now(): Date;
}

type Answer = Omit<Answered, 'durationMs'>;

export type WebhookRoute = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export function createWebhookRoute(parts: RouteParts): WebhookRoute {
  const webhooks = new Webhooks({ secret: parts.secret });
  const room = createRoom(ALL_BODIES);
  return async (request, response) => {
    const started = performance.now();
    const answer = await take(parts, webhooks, request, room);
    send(request, response, answer);
    parts.onAnswered({ ...answer, durationMs: Math.round(performance.now() - started) });
  };
}

async function take(parts: RouteParts, webhooks: Webhooks, request: IncomingMessage, room: Room): Promise<Answer> {
  if (request.method !== 'POST') return refuse(405, 'Deliveries come by POST.', 'method');
  if (!/^application\/json\b/i.test(header(request, 'content-type') ?? '')) {
    return refuse(415, 'Set the content type of the webhook to application/json.');
  }
  const event = header(request, 'x-github-event');
  const guid = header(request, 'x-github-delivery');
  if (!event || !/^\w{1,100}$/.test(event)) return refuse(400, 'The header X-GitHub-Event is missing.');
  if (!guid || !/^[\w.:-]{1,100}$/.test(guid)) return refuse(400, 'The header X-GitHub-Delivery is missing.');
  const named = { event, guid };
  const signature = header(request, 'x-hub-signature-256');
  if (!signature)
    return refuse(401, 'The header X-Hub-Signature-256 is missing: set a secret for the webhook.', 'signature', named);

  if (!SIGNATURE.test(signature)) return refuse(401, WRONG_SIGNATURE, 'signature', named);

  const body = await readBody(request, BODY_LIMIT, room);
  try {
    if ('fault' in body) return unread(body.fault, named);
    const raw = body.bytes.toString('utf8');
    // The library compares in constant time.
    if (raw === '' || !(await webhooks.verify(raw, signature))) return refuse(401, WRONG_SIGNATURE, 'signature', named);
    return await store(parts, event, guid, raw);
  } finally {
    body.done();
  }
}

const WRONG_SIGNATURE = 'The signature does not match: is the secret the same on both sides?';

function unread(fault: 'too-large' | 'cut' | 'crowded', named: { event: string; guid: string }): Answer {
  if (fault === 'too-large') return refuse(413, 'The payload is larger than 25 MB.', 'size', named);
  if (fault === 'cut') return refuse(400, 'The payload broke off.', 'malformed', named);
  const message = 'Too many large payloads at once. Please send it again later.';
  return { status: 503, message, outcome: 'unavailable', refusal: null, ...named, about: [], error: null };
}

async function store(parts: RouteParts, event: string, guid: string, raw: string): Promise<Answer> {
  let payload: unknown;
  try {
    payload = JSON.parse(raw);
  } catch {
    return refuse(400, 'The payload is not JSON.', 'malformed', { event, guid });
  }
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload))
    return refuse(400, 'The payload is no JSON object.', 'malformed', { event, guid });
  const delivery = toDelivery({ guid, event, payload }, parts.own(), parts.now());
  const about = delivery.inputs.map(aboutOf);
  const said = { status: 202, refusal: null, event: delivery.event, guid, about, error: null };
  // Most of what a busy organisation sends: it costs no write, and it does no harm to look at it twice.
  if (about.length === 0) return { ...said, message: 'nothing to do', outcome: 'ignored' };
  try {
    const isNew = await inTime(parts.receiver.receive(delivery), STORE_PATIENCE_MS);
    if (isNew) parts.onStored();
    return isNew
      ? { ...said, message: 'stored', outcome: 'stored' }
      : { ...said, message: 'known already', outcome: 'duplicate' };
  } catch (error) {
    const message = 'The delivery could not be stored. Please send it again later.';
    return { status: 503, message, outcome: 'unavailable', refusal: null, event: delivery.event, guid, about: [], error };
  }
}

function aboutOf({ repo, address }: Addressed): string {
  if (address.to === 'subject') return `${repo}#${address.number}`;
  return address.to === 'sha' ? `${repo}@${address.sha.slice(0, 12)}` : `${repo}@board`;
}

function inTime<T>(work: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`the store did not answer within ${ms} ms`)), ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function refuse(
  status: number,
  message: string,
  refusal: Refusal = 'malformed',
  named: { event: string; guid: string } | null = null,
): Answer {
  const { event = null, guid = null } = named ?? {};
  return { status, message, outcome: 'refused', refusal, event, guid, about: [], error: null };
}

function header(request: IncomingMessage, name: string): string | null {
  const value = request.headers[name];
  return typeof value === 'string' ? value : null;
}

/** A sender that is still talking gets a moment to read the answer before the line is cut. */
const LINGER_MS = 2_000;

function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  const body = JSON.stringify({ message: answer.message });
  const unread = !request.complete;
  response.writeHead(answer.status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    ...(answer.status === 503 ? { 'retry-after': String(RETRY_AFTER_SECONDS) } : {}),
    ...(unread ? { connection: 'close' } : {}),
  });
  response.end(body);
  if (unread) {
    request.resume();
    setTimeout(() => request.destroy(), LINGER_MS).unref();
  }
}
