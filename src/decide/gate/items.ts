/** The gate's items, in the order of the table (G2). */
import { ci } from './ci.ts';
import { coverage } from './coverage.ts';
import { criteria } from './criteria.ts';
import { description } from './description.ts';
import { docs } from './docs.ts';
import { fresh } from './fresh.ts';
import { hygiene } from './hygiene.ts';
import { security } from './security.ts';
import { session } from './session.ts';
import { size } from './size.ts';
import { tests } from './tests.ts';
import { title } from './title.ts';
import { type } from './type.ts';
import type { GateItem } from './types.ts';

export const ITEMS: readonly GateItem[] = [
  session,
  title,
  description,
  hygiene,
  ci,
  tests,
  docs,
  security,
  size,
  coverage,
  criteria,
  type,
  fresh,
];
