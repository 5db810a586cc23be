/** All scenes that are recorded; each is played in a studio of its own. */
import { boardScenes } from './board-scenes.ts';
import { commandScenes } from './command-scenes.ts';
import { pullScenes } from './pull-scenes.ts';
import { sessionScenes } from './session-scenes.ts';
import type { Studio } from './studio.ts';

export type Scene = (studio: Studio) => Promise<void>;

export const scenes: readonly Scene[] = [...sessionScenes, ...pullScenes, ...commandScenes, ...boardScenes];
