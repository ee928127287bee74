import type { Handler } from "../tools.ts";

export const refresh: Handler = ({ session }) => session.refresh();
