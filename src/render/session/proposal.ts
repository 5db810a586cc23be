/** Description of a pull request that Playcaller itself opens, with the sections that its gate asks of everybody. */

export interface ProposalWords {
  what: string;
  risk: string;
  testing: string;
  rollback: string;
}

export function proposalBody({ what, risk, testing, rollback }: ProposalWords): string {
  return [
    `## What and why\n${what}`,
    `## Risk\n${risk}`,
    `## Testing\n${testing}`,
    '## Rollout\nNothing to roll out: it holds from the merge on.',
    `## Rollback\n${rollback}`,
  ].join('\n\n');
}
