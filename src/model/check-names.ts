/** The fixed names of Playcaller's check runs: people require them in their rulesets. */

export const READINESS_CHECK = 'Playcaller / readiness';
/** Comes with the configuration preview; ours all the same, so no verdict waits for it. */
export const CONFIG_CHECK = 'Playcaller / config';
