/**
 * fast-check, with the same histories in each run: what fails here fails again. `PROPERTY_SEED=N` looks at others,
 * as CI's long suites do each night with a seed of the day; the seed is printed with what fails.
 */
import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 20_261_121) });

export default fc;
