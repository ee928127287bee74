import type { Disposable } from "vscode";
import type { FleetStore } from "../fleet/store.ts";
import type { Runner } from "../ui/run.ts";

const tickIntervalMs = 60_000;

/** The current instant to the second, `2026-11-01T05:00:00Z`. */
export function now(): string {
  return `${new Date().toISOString().slice(0, 19)}Z`;
}

/** Keeps the fleet's windows in step with the clock. */
export function followClock(store: FleetStore, runner: Runner): Disposable {
  const tick = () => runner.inBackground("Following the clock", () => store.tick(now()));
  const timer = setInterval(tick, tickIntervalMs);
  return { dispose: () => clearInterval(timer) };
}
