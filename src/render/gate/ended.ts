/** Words of a check run that ends without a verdict: what it waited for is waited for no more. */

/** A merge queue's trial. */
export function trialEnded(number: number): { title: string; summary: string } {
  return {
    title: 'The merge queue has ended this trial',
    summary: `Pull request #${number} is not tried out on this commit any more, so nothing is waited for here.`,
  };
}

export function headReplaced(number: number): { title: string; summary: string } {
  return {
    title: 'A newer commit took its place',
    summary: `Pull request #${number} is judged on its newest commit, so nothing is waited for here.`,
  };
}

export function pullEnded(number: number, how: 'closed' | 'merged'): { title: string; summary: string } {
  const again = how === 'closed' ? ' When it is reopened, it is looked at again.' : '';
  return {
    title: `This pull request is ${how}`,
    summary: `Pull request #${number} is ${how}, so nothing is waited for here.${again}`,
  };
}
