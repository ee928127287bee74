/** Entry of the telemetry bundle: the one importer of the reporter, which costs 180 KB. Reached through `door.ts`. */
import { TelemetryReporter } from "@vscode/extension-telemetry";
import type { Reporter } from "./client.ts";

/** A reporter that respects the user's telemetry level, sending to the resource that the connection string `key` names. */
export function openReporter(key: string): Reporter {
  return new TelemetryReporter(key);
}
