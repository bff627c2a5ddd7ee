// What is read of each kind: the schema of its settings, and what they can get wrong about the rest of the design. A line per
// kind. Apart from kinds.ts, so that the workers, who are given designs that have been read, do not carry it.
import type { KindRules } from '../design/parse.ts';
import { appServerSchema } from './app-server/config.ts';
import { databaseSchema } from './database/config.ts';
import { filesSchema } from './files/config.ts';
import type { KindId } from './kind.ts';
import { loadBalancerSchema } from './load-balancer/config.ts';
import { serverProblems } from './load-balancer/problems.ts';
import { virtualIpSchema } from './virtual-ip/config.ts';
import { virtualIpProblems } from './virtual-ip/problems.ts';
import { webServerSchema } from './web-server/config.ts';

const SCHEMAS: Readonly<Record<KindId, KindRules>> = {
  'load-balancer': { schema: loadBalancerSchema, problems: serverProblems },
  'web-server': { schema: webServerSchema },
  'app-server': { schema: appServerSchema },
  database: { schema: databaseSchema },
  files: { schema: filesSchema },
  'virtual-ip': { schema: virtualIpSchema, problems: virtualIpProblems },
};

/** By id, as `parseDesign` wants them. */
export const kindSchemas: Readonly<Record<string, KindRules>> = SCHEMAS;
