import type { JsonObject } from "../../resources/json.ts";
import type { Message } from "../../text/message.ts";
import type { AnyChange, ChangeOf } from "../change.ts";

/** What a kind asks Azure for, by name; each is one read about the change's own resources. */
export type ReadName =
  /** The resource written: a configuration, a resource group, a provider, an extension; of a scale set its model. */
  | "resource"
  /** The set that the resource belongs to. */
  | "scaleSet"
  /** The assignment, as the list of its scale set has it. */
  | "association"
  /** The set's latest rolling upgrade. */
  | "latestUpgrade"
  /** The set's last upgrades, as `{ value: […] }`. */
  | "upgradeHistory"
  /** The set's instances, as `{ value: […] }`. */
  | "instances";

/** What the reads showed; undefined where there is nothing of that name. */
export type Seen = Readonly<Partial<Record<ReadName, JsonObject | undefined>>>;

/** The model of the scale set that a change is about, where it was read: while Azure works on that, the change waits or goes on. */
export function modelIn(seen: Seen): JsonObject | undefined {
  return "scaleSet" in seen ? seen.scaleSet : seen.resource;
}

/** How what Azure has now stands to a change. */
export type Standing =
  /** As it was reviewed: nothing has been written yet. */
  | "before"
  /** As the change wants it. */
  | "after"
  /** A third value: someone else has written it. */
  | "other";

/** What is known of a call that was made. */
export interface Sent {
  /** When, in milliseconds since the epoch. */
  readonly at: number;
  /** Whether Azure's answer was heard. */
  readonly isAccepted: boolean;
}

/** What undoing one change takes. */
export type Inverse<K extends string = string> =
  /** `changed`: how what is there now differs from what the change left behind; undoing it would take that back too. */
  | { readonly change: ChangeOf<K>; readonly changed?: Message }
  /** It can't be undone, or needs no undoing, for this reason. */
  | { readonly reason: Message };

/** What is known beside a change's target when the change is undone. */
export interface Circumstances {
  /** Names the scale sets that a configuration is still used by, those aside that the same plan takes off it. */
  readonly usedBy: (configurationId: string) => readonly string[];
  /** When it is undone: an ISO instant. */
  readonly moment: string;
}

/** What a kind is given beside the circumstances: arithmetic of windows, which is heavy and loaded where undoing is. */
export interface Undoing extends Circumstances {
  /** The start of a configuration that is created again: that of its next window, or why it has none. */
  readonly startAgain: (
    configuration: JsonObject,
    moment: string,
  ) => { readonly start: string } | { readonly problem: Message };
}

/** Everything that is the same of all changes of one kind; the call itself is the azure room's. */
export interface Kind {
  /** The action of Azure's access control that it needs; `roles.ts` says which built-in role has it. */
  readonly action: string;
  /** The resource that a change is about: for what is done to a scale set, its associations included, the set. */
  subject(change: AnyChange): string;
  /** Where it stands in the order of what is done to one scale set; absent for kinds that are no step of that order. */
  readonly step?: number;
  /** The same of a change whose place is another one than that of its kind. */
  stepOf?(change: AnyChange): number | undefined;
  /** Whether a change needs another one of its plan, beside the order of steps. */
  needs?(change: AnyChange, other: AnyChange): boolean;
  /** Ids of the resources in whose subscriptions Microsoft.Maintenance has to be registered. */
  maintenanceIn?(change: AnyChange): readonly string[];

  /** What `premise` looks at. */
  readonly premiseReads: readonly ReadName[];
  /** Right before it is sent: "before" is to be sent, "after" is done already, "other" is someone else's. */
  premise(change: AnyChange, seen: Seen): Standing;
  /** Why it is not sent where what is there now need not be anyone's doing; absent where someone else must have written it. */
  whyOther?(change: AnyChange, seen: Seen): Message | undefined;
  /** The change as it is sent after this look, where what was there right before has to be known later. */
  asSent?(change: AnyChange, seen: Seen): AnyChange;
  /** What `confirmation` looks at. */
  readonly confirmationReads: readonly ReadName[];
  /** After it was sent: "after" is done, "before" does not show it yet, "other" is someone else's. */
  confirmation(change: AnyChange, seen: Seen, sent: Sent): Standing;
  /** Of what a read showed, what the resource is now: what the fleet takes over and undo compares with. */
  readBack(seen: Seen): JsonObject | undefined;
  /** What a read that shows it also shows: what Azure has changed along, in words. */
  note?(change: AnyChange, seen: Seen): Message | undefined;

  /** Why it can't be undone; absent or undefined where it can. */
  whyNoInverse?(change: AnyChange): Message | undefined;
  /** What takes it back; asked only where `whyNoInverse` has no reason. `found`: what is there now. */
  inverse?(
    done: AnyChange,
    left: JsonObject | undefined,
    found: JsonObject | undefined,
    circumstances: Undoing,
  ): Inverse;
  /** What Azure may say to the inverse for a while. */
  readonly inverseMayBeRefused?: Message;
  /** The part of a read-back that undoing compares with. */
  comparedByUndo?(change: AnyChange, readBack: JsonObject): JsonObject;
  /** The change to be made again on what is there now, or why it is not; absent where it is made as it is. */
  again?(change: AnyChange, found: JsonObject | undefined): AnyChange | { readonly reason: Message };

  /** Whether it changes the members of a scale set's model that instances run. */
  readonly changesModel?: boolean;
  /** Whether what it leaves behind is the set's rolling upgrade, and not the set. */
  readonly actsOnUpgrade?: boolean;
  /** What it makes of each value, a line each; absent where the title says all. */
  readonly showsValues?: "leaves" | "settings";
}

/** A kind whose premise and confirmation are one question to one read. */
export function alike(
  read: ReadName,
  standing: (change: AnyChange, found: JsonObject | undefined) => Standing,
): Pick<Kind, "premiseReads" | "premise" | "confirmationReads" | "confirmation" | "readBack"> {
  const ask = (change: AnyChange, seen: Seen) => standing(change, seen[read]);
  return {
    premiseReads: [read],
    premise: ask,
    confirmationReads: [read],
    confirmation: ask,
    readBack: (seen) => seen[read],
  };
}
