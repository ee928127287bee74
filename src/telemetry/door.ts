/** The only way to the telemetry bundle, so that its cost is paid by those who send. */
export function loadTelemetry(): Promise<typeof import("./telemetry.ts")> {
  return import("./telemetry.ts");
}
