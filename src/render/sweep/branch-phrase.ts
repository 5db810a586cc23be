/** A pull request's branch, said when its author has said nothing. */

export function branchPhrase(head: string, base: string | null, sha: string): string {
  return `${head}${base === null ? '' : ` into ${base}`}, at ${sha.slice(0, 7)}`;
}
