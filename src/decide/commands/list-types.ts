/** `/session types`: the chooser (P2). */
import { typesChooser } from '../../render/types-chooser.ts';
import type { Command } from './types.ts';

export const types: Command = {
  verb: 'types',
  usage: '/session types',
  does: 'shows which playbook fits which goal',
  permission: 'read',
  examples: ['/session types'],
  run: ({ facts }) => ({ kind: 'reply', body: typesChooser(facts.repo.playbooks, facts.repo.config.labels.sessionPrefix) }),
};
