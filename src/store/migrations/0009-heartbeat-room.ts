/** Migration 9: the heartbeat takes as much room as a webhook, so that a disk with a last free page does not pass for a good one. */

import type { Migration } from './index.ts';

export const heartbeatRoom: Migration = () => ['alter table heartbeat add column room text'];
