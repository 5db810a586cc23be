/** Faults, losses, duplicates and disorder change nothing in the end: the second half of the histories. */
import { describe, expect, it } from 'vitest';
import { convergesFor, HISTORIES, seedsOf } from './converge.ts';

it('both halves are the whole', () => expect(new Set([...seedsOf(0), ...seedsOf(1)]).size).toBe(HISTORIES));

describe('calm or rough, the end is the same', () => convergesFor(seedsOf(1)));
