/** Parsed and validated documents, kept by their text: the app sends the same few again and again. */
import { type DocumentNode, GraphQLError, type GraphQLSchema, parse, validate } from 'graphql';
import type { ResponseError } from './errors.ts';
import { describeViolation } from './violations.ts';

export type CheckedDocument = { document: DocumentNode; faults: null } | { document: null; faults: ResponseError[] };

const kept = new Map<string, CheckedDocument>();
const keptAtMost = 500;

function check(schema: GraphQLSchema, text: string): CheckedDocument {
  try {
    const document = parse(text, { maxTokens: 100_000 });
    const violations = validate(schema, document, undefined, { maxErrors: 50 });
    if (violations.length === 0) return { document, faults: null };
    return { document: null, faults: violations.map((violation) => describeViolation(document, violation)) };
  } catch (error) {
    if (error instanceof GraphQLError)
      return { document: null, faults: [{ locations: error.locations, message: error.message }] };
    throw error;
  }
}

/** The document, or what is wrong with it. */
export function checkDocument(schema: GraphQLSchema, text: string): CheckedDocument {
  const known = kept.get(text);
  if (known) return known;
  const checked = check(schema, text);
  const oldest = kept.keys().next().value;
  if (kept.size >= keptAtMost && oldest !== undefined) kept.delete(oldest);
  kept.set(text, checked);
  return checked;
}
