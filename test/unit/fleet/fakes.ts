import type { Log } from "../../../src/core/log.ts";

const nothing = () => undefined;

export const silentLog: Log = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };
