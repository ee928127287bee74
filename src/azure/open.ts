import type { Log } from "../core/log.ts";
import type { Azure, Connection } from "./contracts.ts";

/** Opens the Azure behind a connection. `version` is this extension's own, for the user agent. Sends nothing yet. */
export function openAzure(connection: Connection, log: Log, version: string): Azure {
  throw new Error(`not built yet ${String([connection, log, version])}`);
}
