/** Faults, losses, duplicates and disorder change nothing in the end: the first half of the histories. */
import { describe } from 'vitest';
import { convergesFor, seedsOf } from './converge.ts';

describe('calm or rough, the end is the same', () => convergesFor(seedsOf(0)));
