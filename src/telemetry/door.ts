/** The only way to the telemetry bundle, so that its cost is paid by those who send. */
export const loadTelemetry = () => import("./telemetry.ts");
