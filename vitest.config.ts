import { defineConfig } from 'vitest/config';

/** `--mode long` plays the suites of crashes, faults, replicas and security at full length; see test/suite.ts. */
export default defineConfig(({ mode }) => {
  const isLong = mode === 'long';
  return {
    test: {
      include: ['test/**/*.test.ts'],
      env: { SUITE: isLong ? 'long' : 'short' },
      testTimeout: isLong ? 1_800_000 : 60_000,
      hookTimeout: 60_000,
      pool: 'forks',
      maxWorkers: 2,
      reporters: ['default'],
    },
  };
});
