/**
 * The only way into the Azure clients: their bundle (SDKs, sign-in, pipeline) is loaded at the first call.
 * Everything else of this room may be imported as types only.
 */
export function loadArm(): Promise<typeof import("./arm.ts")> {
  return import("./arm.ts");
}
