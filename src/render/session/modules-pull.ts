/** The pull request that sets a module's status in the registry (P5). */
import type { Session } from '../../model/session.ts';
import { code, link } from '../markdown.ts';
import { proposalBody } from './proposal.ts';

export const FILE = '.github/playcaller.modules.yml';

export const title = (module: string): string => `chore(modules): ${module} is present`;

export function body(session: Session, module: string): string {
  return proposalBody({
    what: `The session ${code(session.id)} (${link(session.title, session.url)}) is completed, so its module ${code(module)} is set to present in the registry. Nothing else changes. If it stands only in part, write ${code('partial')} instead, or close this.`,
    risk: 'None for the product: the registry is read by Playcaller only.',
    testing: `The registry is checked when it is read; a fault would be named with its line.`,
    rollback: 'Revert this commit.',
  });
}
