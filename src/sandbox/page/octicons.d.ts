/** Types for the part of `@primer/octicons` that the sandbox's pages use; the package ships none. */
declare module '@primer/octicons' {
  interface Octicon {
    toSVG(attributes?: Record<string, string | number>): string;
  }
  const octicons: Record<string, Octicon | undefined>;
  export default octicons;
}
