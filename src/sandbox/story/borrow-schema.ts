/** A PostgreSQL schema of its own for one demo: the sandbox begins anew each time, and so must the ledger. */
import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

export interface BorrowedSchema {
  /** The same database, with the new schema as its only search path. */
  url: string;
  drop(): Promise<void>;
}

/** @throws when the database does not answer or lets us make no schema. */
export async function borrowSchema(databaseUrl: string): Promise<BorrowedSchema> {
  const name = `playcaller_demo_${randomBytes(4).toString('hex')}`;
  await run(databaseUrl, `create schema ${name}`);
  const url = new URL(databaseUrl);
  url.searchParams.set('options', `-c search_path=${name}`);
  return { url: url.href, drop: () => run(databaseUrl, `drop schema if exists ${name} cascade`) };
}

async function run(databaseUrl: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
