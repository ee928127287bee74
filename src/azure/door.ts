import { inTurn } from "../core/slices.ts";

/**
 * The only way into the Azure clients: their bundle (SDKs, sign-in, pipeline) is loaded at the first call.
 * Everything else of this room may be imported as types only.
 */
export async function loadArm() {
  const { arm } = await inTurn(() => import("./arm.ts"));
  return arm;
}
