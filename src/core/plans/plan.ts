import type { JsonObject } from "../resources/json.ts";
import type { Message } from "../text/message.ts";
import type { Problem } from "../text/problem.ts";
import type { ChangeOf } from "./change.ts";
import type { ChangeKind } from "./kinds/kinds.ts";

/** One write to Azure, as data. */
export type Change = ChangeOf<ChangeKind>;

/** A target that the plan leaves as it is. */
export interface LeftOut {
  readonly target: string;
  readonly reason: Message;
}

/** Everything that one confirmation sends: previewed, applied and reported as a whole. */
export interface Plan {
  readonly title: Message;
  readonly changes: readonly Change[];
  readonly leftOut: readonly LeftOut[];
  /** What the user should know before she confirms. */
  readonly warnings: readonly Message[];
}

export type Outcome =
  /**
   * A read after the write showed it, or showed that nothing had to be written; `readBack` is the resource as that read had it; of an action
   * on an upgrade, the set's latest rolling upgrade. Absent after a deletion. `isRollingOut`: Azure goes on bringing the instances of a set in
   * mode Rolling to the changed model. `note`: what the read shows that Azure has changed along.
   */
  | {
      readonly status: "done";
      readonly readBack?: JsonObject;
      readonly isRollingOut?: true;
      readonly note?: Message;
    }
  /** Azure said yes, or its answer was lost, and reading does not show it, or cannot be done: `problem` says which. */
  | { readonly status: "notConfirmed"; readonly problem: Problem }
  /** Reading shows a value that is neither the reviewed nor the wanted one; `problem.compare` has what was reviewed and what is there. */
  | { readonly status: "changedBySomeoneElse"; readonly problem: Problem; readonly wasSent: boolean }
  | { readonly status: "failed"; readonly problem: Problem }
  /** Azure accepted it and works on it; the user did not wait for the end. */
  | { readonly status: "underWay" }
  /** A change that it needs was not done; `because` is that change's id. */
  | { readonly status: "skipped"; readonly because: string }
  /** The user cancelled before it was sent, unless `why` says otherwise. */
  | { readonly status: "notStarted"; readonly why?: NotSent };

/**
 * Why a change was not sent: the window was closed, another one has taken the plan over, the journal could not be written, or what it was
 * to make good did not go wrong.
 */
export type NotSent = "windowClosed" | "takenOver" | "notKept" | "notNeeded";

export interface ChangeResult {
  readonly change: Change;
  readonly outcome: Outcome;
}

/** The HTTP request that a change would send, for the preview. The URL has no secrets. */
export interface RequestPreview {
  readonly method: string;
  readonly url: string;
  readonly body?: JsonObject;
}
