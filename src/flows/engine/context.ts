import type { Azure } from "../../azure/contracts.ts";
import { message, type Message } from "../../core/text/message.ts";
import type { Plan } from "../../core/plans/plan.ts";
import type { Snapshot } from "../../fleet/snapshot/snapshot.ts";
import type { Drafts } from "./drafts.ts";
import type { Prompter } from "./question.ts";

/** What a flow may know and do. It reads; it never writes to Azure. */
export interface FlowContext {
  snapshot(): Snapshot;
  readonly azure: Azure;
  /** The current instant, `2026-11-01T05:00:00Z`. */
  now(): string;
  /** IANA id of the user's time zone. */
  readonly localZone: string;
  readonly prompter: Prompter;
  readonly drafts: Drafts;
  /** Opens a read-only document with the exact requests that the plan would send. */
  showRequests(plan: Plan): Promise<void>;
  /** Asks for a language and writes the plan in it, into a document, a folder or the clipboard. Resolves also when the user cancels it. */
  exportAsCode(plan: Plan): Promise<void>;
  /** Asks in a modal dialog for a yes. `detail`: a paragraph each. */
  confirm(asked: Confirmation): Promise<boolean>;
  /** Opens a read-only document, one message a line, next to the active editor, without taking the focus. */
  showText(title: Message, lines: readonly Message[]): Promise<void>;
  /** Asks Azure what no list holds of these scale sets, with progress. Resolves also when the user cancels it, with what was read until then. */
  readEligibilityFacts(scaleSetIds: readonly string[]): Promise<void>;
  /** Resolves once the reading of the fleet has ended that was under way when the flow began. Rejects with the reason of `signal`. */
  whenRead(signal: AbortSignal): Promise<void>;
  /** The text on the clipboard, or of a file that the user picks. Rejects with the reason why there is none. */
  textFrom(source: "clipboard" | "file"): Promise<string>;
  /** What the Fleet view shows while its filter is not empty: ids of scale sets. */
  readonly fleetView?: { readonly filter: string; shownScaleSets(): readonly string[] };
  /** What the rows that are selected in the Fleet view stand for, where the flow was started on none of them: it comes ticked. */
  readonly selected?: FlowStart;
  /** Opens the page that says of these scale sets what keeps them from upgrading. */
  explain(scaleSetIds: readonly string[]): Promise<void>;
}

/** What a modal dialog asks, and its button that says yes. */
export interface Confirmation {
  readonly question: Message;
  readonly detail: readonly Message[];
  readonly yes: Message;
}

/** Waits for a fleet that is not read yet, and says so: for what all of it decides on, where the flow began with a part of it. */
export function wholeFleet(
  { whenRead }: FlowContext,
  signal: AbortSignal,
  say: (progress: Message) => void,
): Promise<void> {
  say(message("Loading your fleet…"));
  return whenRead(signal);
}

/** The title of a flow. While the sandbox is open it says so. */
export function flowTitle({ azure }: FlowContext, title: Message): Message {
  return azure.origin === "sandbox" ? message("{0} (Sandbox)", title) : title;
}

/** What a flow was started on in the tree; nothing, from the palette. */
export interface FlowStart {
  readonly configurationIds?: readonly string[];
  readonly scaleSetIds?: readonly string[];
  /** The sets of nodes that stand for several: all of them are proposed, and no other is offered. */
  readonly among?: readonly string[];
  /** Whether the sets are to be fixed: the fixes are offered without asking first. */
  readonly fix?: true;
}

/** The answers that a start gives: scale sets, the configuration when it is one, and that what blocks is to be fixed. */
export function givenBy({ configurationIds = [], scaleSetIds = [], among, fix }: FlowStart) {
  const [configuration, second] = configurationIds;
  return {
    ...(scaleSetIds.length > 0 && { scaleSets: scaleSetIds }),
    ...(among && { among }),
    ...(fix && { blocked: "fix" }),
    ...(configuration !== undefined && second === undefined && { configuration }),
  };
}
