/**
 * Cuts GitHub's OpenAPI down to the operations that the sandbox has, and writes `generated/operations.json`.
 *
 * The whole package is 385 MB and no dependency of ours. Get it with `npm pack @octokit/openapi` into a folder of its own,
 * unpack it, and run `node src/sandbox/openapi/trim.ts <folder>/package/generated/api.github.com.json`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { allRoutes } from '../rest/index.ts';

type Node = { [key: string]: unknown };

const source = process.argv[2];
if (!source) {
  console.error('usage: node src/sandbox/openapi/trim.ts <api.github.com.json>');
  process.exit(2);
}

const api = JSON.parse(readFileSync(source, 'utf8')) as {
  info: { version: string };
  paths: Record<string, Record<string, Node>>;
  components: Record<string, Record<string, Node>>;
};
const used: Record<string, unknown> = {};
const dropped = new Set([
  'description',
  'example',
  'examples',
  'externalDocs',
  'title',
  'deprecated',
  'default',
  'xml',
  'summary',
]);

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `nullable` is OpenAPI 3.0; JSON Schema says it with a type. */
function withNull(schema: Node): Node {
  if (schema.type !== undefined) {
    const type = [schema.type].flat();
    const widened: Node = { ...schema, type: type.includes('null') ? type : [...type, 'null'] };
    if (Array.isArray(schema.enum) && !schema.enum.includes(null)) widened.enum = [...schema.enum, null];
    return widened;
  }
  return { anyOf: [schema, { type: 'null' }] };
}

/**
 * Where the published schema contradicts GitHub's answers: `GET /app/installations` demands an account that is a user and
 * an enterprise at once, the labels of listed pull requests a description, which is null for labels without one, and a pull
 * request's head a repository, which is null once a fork is deleted (as the schema of webhooks has it).
 */
function mended(schema: Node): Node {
  const { allOf, ...rest } = schema;
  const titles = Array.isArray(allOf) ? allOf.map((one) => (isNode(one) ? one.title : null)) : [];
  if (titles.includes('Simple User') && titles.includes('Enterprise')) return { ...rest, anyOf: allOf };
  const properties = isNode(schema.properties) ? schema.properties : {};
  if (['label', 'ref', 'repo', 'sha', 'user'].every((name) => name in properties)) {
    return { ...schema, properties: { ...properties, repo: { anyOf: [properties.repo, { type: 'null' }] } } };
  }
  if (!('default' in properties && 'color' in properties && isNode(properties.description))) return schema;
  return { ...schema, properties: { ...properties, description: { ...properties.description, nullable: true } } };
}

/** @param named inside `properties`, where keys are names and not keywords. */
function trim(given: unknown, named = false): unknown {
  if (Array.isArray(given)) return given.map((item) => trim(item));
  if (!isNode(given)) return given;
  const value = named ? given : mended(given);
  if (!named && typeof value.$ref === 'string') return { $ref: use(value.$ref) };
  const kept = Object.entries(value).filter(
    ([key]) => named || !(dropped.has(key) || key.startsWith('x-') || key === 'nullable'),
  );
  const out = Object.fromEntries(kept.map(([key, inner]) => [key, trim(inner, !named && key === 'properties')]));
  return !named && value.nullable === true ? withNull(out) : out;
}

/** Keeps what is referred to, and everything that it refers to. */
function use(ref: string): string {
  const name = ref.split('/').pop() ?? '';
  if (!(name in used)) {
    used[name] = {};
    used[name] = trim(api.components.schemas?.[name]);
  }
  return `#/schemas/${name}`;
}

function resolve(value: unknown): Node {
  if (!isNode(value)) return {};
  if (typeof value.$ref !== 'string') return value;
  const [kind = '', name = ''] = value.$ref.split('/').slice(-2);
  return api.components[kind]?.[name] ?? {};
}

function jsonSchema(content: unknown): unknown {
  const media = resolve(content).content;
  const json = isNode(media) ? media['application/json'] : undefined;
  return isNode(json) ? trim(json.schema) : undefined;
}

const operations: Record<string, unknown> = {};
for (const route of allRoutes) {
  const found = api.paths[route.path]?.[route.method.toLowerCase()];
  if (!found) throw new Error(`GitHub has no ${route.method} ${route.path}`);
  const parameters = (found.parameters as unknown[] | undefined) ?? [];
  const query = parameters.map(resolve).filter((one) => one.in === 'query');
  const body = resolve(found.requestBody);
  operations[`${route.method} ${route.path}`] = {
    id: found.operationId,
    query: Object.fromEntries(query.map((one) => [one.name, trim(one.schema)])),
    ...(found.requestBody ? { body: jsonSchema(body), bodyRequired: body.required === true } : {}),
    responses: Object.fromEntries(
      Object.entries(found.responses as Node)
        .filter(([status]) => status.startsWith('2'))
        .map(([status, answer]) => [status, jsonSchema(answer) ?? null]),
    ),
  };
}

const sorted = Object.fromEntries(Object.entries(used).sort(([a], [b]) => (a < b ? -1 : 1)));
const text = JSON.stringify({ source: `@octokit/openapi, api.github.com ${api.info.version}`, operations, schemas: sorted });
writeFileSync(new URL('./generated/operations.json', import.meta.url), `${text}\n`);
console.log(`${allRoutes.length} operations, ${Object.keys(used).length} schemas, ${Math.round(text.length / 1024)} KB`);
