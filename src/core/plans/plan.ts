import type { JsonObject } from "../resources/json.ts";
import type { Message } from "../text/message.ts";
import type { Problem } from "../text/problem.ts";

/** What a change does. Each kind is one REST call on `target`. */
export type ChangeKind =
  | "createResourceGroup"
  | "registerProvider"
  | "createConfiguration"
  | "updateConfiguration"
  | "deleteConfiguration"
  | "associate"
  | "dissociate"
  | "setUpgradePolicy"
  | "setImageReference"
  | "setAutomaticUpdates"
  | "setPatchSettings"
  | "addHealthExtension"
  | "updateInstances"
  | "startUpgrade"
  | "cancelUpgrade"
  | "approveUpgrade";

/**
 * One write to Azure, as data. `target` and `after` are the call: PUT or PATCH of `after` to `target`,
 * DELETE of `target` where `after` is absent. Actions are others: POST of `after`, or of nothing, to an address below `target`. They are
 * the registration of a provider and what is done to the instances of a scale set (`updateInstances` and the three about upgrades).
 */
export interface Change {
  /** Unique within its plan and stable: made from kind and target. */
  readonly id: string;
  readonly kind: ChangeKind;
  /** Id of the resource written, in the casing Azure gave (for a new one: ours). For (dis)association: the assignment's id. */
  readonly target: string;
  /** One line for the preview and the results: what it does, to what. */
  readonly title: Message;
  /**
   * The part of the resource that the change replaces, as it was read; absent where nothing was there. Of an edit or a deletion of a
   * configuration: all of it, to tell whether it is still the same. Of an action on an upgrade: the set's latest rolling upgrade.
   */
  readonly before?: JsonObject;
  /** The request body; absent for a deletion and for an action that has none. */
  readonly after?: JsonObject;
  /** Ids of the changes that must be done before this one. */
  readonly needs: readonly string[];
  /** Of a dissociation that cleans up: what must still be so, or nothing is sent. */
  readonly provided?: Provided;
  /** Of a deletion of a configuration: the assignments that Azure removes with it, as they were read. */
  readonly takesAlong?: readonly JsonObject[];
  /** Of a kept change: its bodies are missing, since they may hold a secret. It can't be sent, compared or undone. */
  readonly bodyNotKept?: true;
}

/** What a direct read right before a change must show of the resource with this id: a scale set, a configuration or an assignment. */
export interface Provided {
  readonly id: string;
  readonly is: "gone" | "there";
}

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
   * Azure confirmed it; `readBack` is the resource as a read after the write showed it; of an action on an upgrade, the set's latest rolling
   * upgrade. Absent after a deletion, and where the resource could not be read just then.
   */
  | { readonly status: "done"; readonly readBack?: JsonObject }
  | { readonly status: "failed"; readonly problem: Problem }
  /** Azure accepted it and works on it; the user did not wait for the end. */
  | { readonly status: "underWay" }
  /** A change that it needs was not done; `because` is that change's id. */
  | { readonly status: "skipped"; readonly because: string }
  /** The user cancelled before it was sent, unless `why` says otherwise. */
  | { readonly status: "notStarted"; readonly why?: NotSent };

/** Why the rest of a plan was not sent: the window was closed, another one has taken the plan over, the journal could not be written. */
export type NotSent = "windowClosed" | "takenOver" | "notKept";

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
