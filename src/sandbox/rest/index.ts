/** All REST routes of the sandbox. */
import { appRoutes } from './app.ts';
import type { Route } from './call.ts';
import { checkRoutes } from './checks.ts';
import { commentRoutes } from './comments.ts';
import { commitRoutes } from './commits.ts';
import { contentRoutes } from './contents.ts';
import { deliveryRoutes } from './deliveries.ts';
import { gitRoutes } from './git.ts';
import { issuePartRoutes } from './issue-parts.ts';
import { issueRoutes } from './issues.ts';
import { labelRoutes } from './labels.ts';
import { peopleRoutes } from './people.ts';
import { pullRoutes } from './pulls.ts';
import { relationRoutes } from './relations.ts';
import { repositoryRoutes } from './repositories.ts';
import { reviewRoutes } from './reviews.ts';
import { rulesetRoutes } from './rulesets.ts';
import { statusRoutes } from './statuses.ts';
import { teamRoutes } from './teams.ts';

export const allRoutes: Route[] = [
  ...appRoutes,
  ...checkRoutes,
  ...commentRoutes,
  ...commitRoutes,
  ...contentRoutes,
  ...deliveryRoutes,
  ...gitRoutes,
  ...issuePartRoutes,
  ...issueRoutes,
  ...labelRoutes,
  ...peopleRoutes,
  ...pullRoutes,
  ...relationRoutes,
  ...repositoryRoutes,
  ...reviewRoutes,
  ...rulesetRoutes,
  ...statusRoutes,
  ...teamRoutes,
];
