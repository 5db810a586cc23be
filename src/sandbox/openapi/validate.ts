/** Checks bodies against GitHub's OpenAPI, trimmed to what the sandbox has. */
import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';

/** One operation of `generated/operations.json`. */
export interface Operation {
  id: string;
  query: Record<string, unknown>;
  body?: Schema;
  bodyRequired?: boolean;
  /** JSON schemas by status; null for answers without JSON. */
  responses: Record<string, Schema | null>;
}

type Schema = Record<string, unknown>;

interface Trimmed {
  operations: Record<string, Operation>;
  schemas: Record<string, Schema>;
}

const trimmed = JSON.parse(readFileSync(new URL('./generated/operations.json', import.meta.url), 'utf8')) as Trimmed;
const ajv = new Ajv({ strict: false, allErrors: false, coerceTypes: false });
formats.default(ajv);
// GitHub's own formats that say nothing to JSON Schema.
for (const name of ['repo.nwo', 'timestamp', 'ssh-key']) ajv.addFormat(name, true);
ajv.addSchema({ $id: 'github', schemas: absolute(trimmed.schemas) });
const compiled = new Map<string, ValidateFunction>();

function absolute(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(absolute);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === '$ref' && typeof inner === 'string' && inner.startsWith('#/schemas/') ? `github${inner}` : absolute(inner),
    ]),
  );
}

function check(key: string, schema: Schema, value: unknown): ErrorObject[] {
  let validate = compiled.get(key);
  if (!validate) {
    validate = ajv.compile(absolute(schema) as Schema);
    compiled.set(key, validate);
  }
  return validate(value) ? [] : [...(validate.errors ?? [])];
}

/** `POST /repos/{owner}/{repo}/issues` → what GitHub says about it. */
export function operationOf(key: string): Operation | null {
  return trimmed.operations[key] ?? null;
}

function explain(error: ErrorObject, body: unknown): string {
  const path = error.instancePath.slice(1).replaceAll('/', '.');
  if (error.keyword === 'required') {
    const field = [path, String(error.params.missingProperty)].filter(Boolean).join('.');
    return `"${field}" wasn't supplied.`;
  }
  const value = error.instancePath
    .split('/')
    .slice(1)
    .reduce<unknown>((at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined), body);
  const shown = JSON.stringify(value)?.slice(0, 80) ?? 'nil';
  const where = `properties/${path.replaceAll('.', '/') || 'body'}`;
  if (error.keyword === 'type') return `For '${where}', ${shown} is not a ${[error.params.type].flat().join(' or ')}.`;
  if (error.keyword === 'enum') {
    return `For '${where}', ${shown} is not a possible value. Must be one of the following: ${error.params.allowedValues.join(', ')}.`;
  }
  return `For '${where}', ${error.message ?? 'it is not valid'}.`;
}

/** What is wrong with a request's body, in GitHub's manner; null when it is right. */
export function faultOfBody(key: string, body: unknown): string | null {
  const operation = trimmed.operations[key];
  if (!operation?.body) return null;
  const [error] = check(`${key} body`, operation.body, body);
  return error ? explain(error, body) : null;
}

/** What is wrong with an answer; for tests. */
export function faultsOfAnswer(key: string, status: number, body: unknown): string[] {
  const operation = trimmed.operations[key];
  if (!operation) return [`GitHub has no ${key}`];
  if (!(String(status) in operation.responses)) return [`${key} does not answer ${status}`];
  const schema = operation.responses[String(status)];
  if (!schema) return [];
  return check(`${key} ${status}`, schema, body).map(
    (error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`,
  );
}
