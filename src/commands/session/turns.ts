import { isObject } from "../../core/resources/json.ts";
import type { SavedFolder } from "../../fleet/saved/savedFleets.ts";

/** How long after its last look a window loses its turn: it looks every minute while it is in sight. */
const silenceMs = 3 * 60_000;

/**
 * Whether it is this window's turn, which it keeps by asking again within three minutes. One that finds no other claims the turn and has it
 * from its next look on: of windows that claim it at once, only the last is still named then.
 */
export async function isTurnOf(
  window: string,
  file: string,
  folder: SavedFolder,
  now: number,
): Promise<boolean> {
  const { owner, at } = claimIn(await folder.read(file));
  const isOurs = owner === window;
  // A clock that was set back leaves a time in the future, which is no sign of life.
  if (!isOurs && Math.abs(now - at) < silenceMs) return false;
  await folder.write(file, JSON.stringify({ owner: window, at: now }));
  return isOurs;
}

function claimIn(text: string | undefined): { readonly owner?: unknown; readonly at: number } {
  try {
    const claim: unknown = JSON.parse(text ?? "");
    if (isObject(claim) && typeof claim["at"] === "number") return { owner: claim["owner"], at: claim["at"] };
  } catch {
    // Whatever stands there is no claim.
  }
  return { at: -Infinity };
}
