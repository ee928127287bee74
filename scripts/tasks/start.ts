// `npm start`: a VS Code with the extension and the sandbox open, until interrupted.
import { Failure } from "../bootstrap/failure.mjs";
import { noNames, task } from "../lib/task.ts";
import { startDesktop } from "../start/desktop.ts";
import { startInBrowser } from "../start/browser.ts";

const usage = "npm start [-- --port N | --desktop | --tour]";

const options = {
  port: { type: "string" },
  desktop: { type: "boolean" },
  tour: { type: "boolean" },
} as const;

await task(usage, options, async ({ port, desktop, tour }, names) => {
  noNames(usage, names);
  if ([port, desktop, tour].filter((value) => value !== undefined).length > 1) {
    throw new Failure(`Use only one of --port, --desktop and --tour. Usage: ${usage}`);
  }
  if (desktop) return startDesktop();
  if (tour) return runTour();
  return startInBrowser(port === undefined ? undefined : portOf(port));
});

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new Failure(`"${text}" is not a port from 1 to 65535. Usage: ${usage}`);
}

/** The tour drives the workbench in a browser: what that takes is loaded only for it. */
async function runTour(): Promise<number | void> {
  const { tour } = await import("../tour/tour.ts");
  return tour();
}
