/** The package has no types of its own. */
declare module '@commitlint/config-angular' {
  const config: { rules: Record<string, unknown> };
  export default config;
}
