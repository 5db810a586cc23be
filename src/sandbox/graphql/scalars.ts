/** GitHub's own scalars: how their values go out, and what is taken in. */
import { GraphQLError, type GraphQLScalarType, type GraphQLSchema, isScalarType, Kind } from 'graphql';

const isoTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

/** GitHub shows whole seconds in UTC. */
function seconds(value: unknown): string {
  const time = value instanceof Date ? value : new Date(String(value));
  return time.toISOString().replace(/\.\d{3}Z$/, 'Z');
}

interface Scalar {
  out(value: unknown): unknown;
  /** Whether a string may come in. */
  takes(value: string): boolean;
}

const anyText: Scalar = { out: String, takes: () => true };
const time: Scalar = { out: seconds, takes: (value) => isoTime.test(value) && !Number.isNaN(Date.parse(value)) };

const scalars: Record<string, Scalar> = {
  DateTime: time,
  GitTimestamp: time,
  PreciseDateTime: { out: String, takes: time.takes },
  Date: { out: (value) => seconds(value).slice(0, 10), takes: (value) => /^\d{4}-\d{2}-\d{2}$/.test(value) },
  URI: { out: String, takes: (value) => URL.canParse(value) },
  GitObjectID: { out: String, takes: (value) => /^[0-9a-f]{40}$/i.test(value) },
  Base64String: { out: String, takes: (value) => /^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(value) },
  BigInt: { out: String, takes: (value) => /^-?\d+$/.test(value) },
  HTML: anyText,
  GitRefname: anyText,
  GitSSHRemote: anyText,
  X509Certificate: anyText,
};

function equip(type: GraphQLScalarType, scalar: Scalar): void {
  const take = (value: unknown): unknown => {
    const text = type.name === 'BigInt' && typeof value === 'number' ? String(value) : value;
    if (typeof text === 'string' && scalar.takes(text)) return text;
    throw new GraphQLError(`${JSON.stringify(value)} is not a valid ${type.name}`);
  };
  type.serialize = scalar.out;
  type.parseValue = take;
  type.parseLiteral = (node) => take(node.kind === Kind.STRING || node.kind === Kind.INT ? node.value : null);
}

/** Gives each of GitHub's scalars in the schema its conversions. */
export function equipScalars(schema: GraphQLSchema): void {
  for (const [name, scalar] of Object.entries(scalars)) {
    const type = schema.getType(name);
    if (isScalarType(type)) equip(type, scalar);
  }
}
