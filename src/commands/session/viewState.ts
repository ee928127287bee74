import type { Snapshot } from "../../fleet/snapshot/snapshot.ts";
import type { ViewState } from "../../ui/viewState.ts";

/** How far the session is on its way to an Azure. */
export type SessionState = "idle" | "signingIn" | "connecting" | "connected" | "signedOut" | "failed";

/** The state of the view, from the session and what it has read. */
export function viewStateOf(
  session: SessionState,
  snapshot: Pick<Snapshot, "subscriptions" | "failedTenants" | "hiddenSubscriptions" | "loading" | "problem">,
): ViewState {
  // What an earlier window saved is shown meanwhile.
  if (session === "connecting") return snapshot.subscriptions.size > 0 ? "ready" : "loading";
  if (session !== "connected") return session;
  // A tenant that failed is a node of its own, so the view is not empty.
  if (snapshot.subscriptions.size > 0 || snapshot.failedTenants.length > 0) return "ready";
  if (snapshot.loading) return "loading";
  if (snapshot.problem !== undefined) return "failed";
  return snapshot.hiddenSubscriptions > 0 ? "filterEmpty" : "noSubscriptions";
}
