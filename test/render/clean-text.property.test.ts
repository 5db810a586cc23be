/** Text that is clean already takes a short way through cleanText, and comes out as by the long one. */

import { expect, test } from 'vitest';
import { cleanText } from '../../src/render/markdown.ts';
import fc from '../properties.ts';

test('both ways agree', () => {
  const ascii = fc.string({ unit: fc.constantFrom(...'ab -~!\t\n\u007f') });
  fc.assert(
    fc.property(ascii, fc.nat({ max: 12 }), (text, max) => {
      // An invisible character is taken out, but makes it the long way.
      expect(cleanText(text, max)).toBe(cleanText(`\u200b${text}`, max));
    }),
    { numRuns: 1_000 },
  );
});
