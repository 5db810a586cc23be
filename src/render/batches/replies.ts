/** Replies to `/session plan` on a parent issue. */
import type { CommandPermission } from '../../model/verbs.ts';
import { code } from '../markdown.ts';

export const unknownWord = (rest: string): string =>
  `${code(rest, 60)} is nothing that a plan can do: \`run\` lets it start sub-issues by itself, \`stop\` ends that, \`steps\` shows the open steps of this session.`;
export const noSubIssues = (): string =>
  'This issue has no sub-issues to plan. Add some, or make them with `/session sub <title>`.';
export const needs = (permission: CommandPermission, has: string, word: string | null): string =>
  `${code(word === null ? '/session plan' : `/session plan ${word}`)} on an issue with sub-issues needs ${permission} permission on this repository; you have ${has}. Nothing was done.`;
export const notRunning = (): string => 'This plan does not run by itself: there is nothing to stop.';
export const closed = (): string => 'This issue is closed. Reopen it, then let the plan run.';
