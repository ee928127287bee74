import { joined } from "../core/text/message.ts";
import type { Message } from "../core/text/message.ts";

/** What a node shows, before it is put into the user's language and into VS Code's terms. */
export interface NodeView {
  readonly label: Message;
  readonly description?: Message;
  readonly icon: Icon;
  /** Made when the pointer rests on the node. */
  readonly tooltip: () => Tooltip;
  /** What a screen reader says: name, kind and state. */
  readonly spoken: Message;
  readonly contextValue: string;
  readonly children: "none" | "collapsed" | "expanded";
}

/** A codicon, and a theme colour that only adds to its shape. */
export interface Icon {
  readonly id: string;
  readonly color?: string;
}

export interface Tooltip {
  readonly title: Message;
  readonly lines: readonly TooltipLine[];
  readonly table?: Table | undefined;
  /** JSON to show whole. */
  readonly json?: unknown;
}

export interface Table {
  readonly head: readonly Message[];
  /** As many cells each as the head has. */
  readonly rows: readonly (readonly Message[])[];
}

/** `name: text`, or text alone, or an address of documentation. */
export type TooltipLine = { readonly name?: Message; readonly text: Message } | { readonly link: string };

/** When and where the tree is read. */
export interface Clock {
  /** ISO instant. */
  readonly now: string;
  /** BCP 47, with the user's hour cycle. */
  readonly locale: string;
  /** The user's IANA time zone. */
  readonly zone: string;
}

/** The parts that there are, in one line to be seen. */
export function inARow(...parts: readonly (Message | undefined)[]): Message {
  return joined(
    " · ",
    parts.filter((part) => part !== undefined),
  );
}

/** The parts that there are, in one line to be heard. */
export function inABreath(...parts: readonly (Message | undefined)[]): Message {
  return joined(
    ", ",
    parts.filter((part) => part !== undefined),
  );
}
