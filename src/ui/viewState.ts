/** What a view of the fleet has to say while it has nothing to show; the context key `scaleSetMaintenance.state`. */
export type ViewState =
  | "idle"
  | "signingIn"
  | "loading"
  | "ready"
  | "failed"
  | "signedOut"
  | "noSubscriptions"
  | "filterEmpty";
