/** The build replaces it by the text of the environment variable of the same name; run from source it does not exist. */
declare const SCALE_SET_MAINTENANCE_TELEMETRY_KEY: string | undefined;

/** Connection string of the Application Insights resource, or undefined in a build that sends nothing. */
export const telemetryKey: string | undefined =
  typeof SCALE_SET_MAINTENANCE_TELEMETRY_KEY === "string" && SCALE_SET_MAINTENANCE_TELEMETRY_KEY !== ""
    ? SCALE_SET_MAINTENANCE_TELEMETRY_KEY
    : undefined;
