import type { RouteTable } from "../call.ts";
export const resourceGraphRoutes: RouteTable = {};
