import type { ActivityNode } from "./activity/node.ts";
import type { FleetNode } from "./fleet/node.ts";
import type { UpcomingNode } from "./upcoming/node.ts";

/** A node of any of the views. */
export type TreeNode = FleetNode | UpcomingNode | ActivityNode;
