import { expect, it } from 'vitest';
import { checkOutput, verdictDigest } from '../../src/render/gate/check-output.ts';

const fault = {
  file: '.github/playcaller.yml',
  line: 3,
  column: 1,
  field: 'capasity',
  message: 'unknown key (did you mean "capacity"?)',
};

it('a check run shows what is wrong in the configuration, and changes when that changes', () => {
  const verdict = { state: 'neutral', headSha: 'a'.repeat(40), items: [] } as const;
  const broken = { ...verdict, items: [], faults: [fault] };
  expect(checkOutput(broken).text).toContain('`.github/playcaller.yml:3` `capasity`');
  expect(checkOutput({ ...verdict, items: [] }).text).toBe('');
  expect(verdictDigest(broken)).not.toBe(verdictDigest({ ...verdict, items: [] }));
});
