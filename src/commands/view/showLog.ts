import type { Handler } from "../tools.ts";

export const showLog: Handler = async ({ showLog: show }) => show();
