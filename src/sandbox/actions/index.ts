/** All that changes the world, for REST and GraphQL alike. Each checks rights, changes the state, and tells the apps. */
export * from './check-suites.ts';
export * from './checks.ts';
export * from './comments.ts';
export * from './contents.ts';
export * from './installations.ts';
export * from './issues.ts';
export * from './labels.ts';
export * from './merge.ts';
export * from './merge-queue.ts';
export * from './milestones.ts';
export * from './pulls.ts';
export * from './refs.ts';
export * from './relations.ts';
export * from './repositories.ts';
export * from './reviews.ts';
export * from './statuses.ts';
