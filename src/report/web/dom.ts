import { inLines } from "../../core/text/visible.ts";

/** What an element is given in addition to its children: attributes, and what happens when it is pressed. */
export interface Given {
  readonly class?: string;
  readonly press?: () => void;
  /** Identifies it after its surroundings were replaced, so that it keeps the focus. */
  readonly key?: string;
  readonly [attribute: `aria-${string}`]: string | undefined;
  readonly role?: string;
  readonly title?: string;
  readonly type?: string;
  readonly tabindex?: string;
  readonly scope?: string;
}

type Child = Node | string | undefined;

/** An element with its children. Text stays text: nothing here reads markup, and nothing in it is hidden. */
export function el<K extends keyof HTMLElementTagNameMap>(
  name: K,
  { press, key, ...attributes }: Given,
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value !== undefined) made.setAttribute(attribute, value);
  }
  if (key !== undefined) made.dataset["key"] = key;
  if (press !== undefined) made.addEventListener("click", press);
  const shown = children.filter((child) => child !== undefined);
  made.append(...shown.map((child) => (typeof child === "string" ? inLines(child) : child)));
  return made;
}

export function button(label: string, press: () => void, given: Given = {}): HTMLButtonElement {
  return el("button", { type: "button", press, ...given }, label);
}

/** A sign that is seen and not heard, since the words next to it say the same. */
export function sign(text: string): HTMLElement {
  return el("span", { class: "sign", "aria-hidden": "true" }, text);
}

/** The name of a resource, set apart from the sentence around it whatever direction its script runs in. */
export function name(text: string): HTMLElement {
  return el("bdi", {}, text);
}

/** Puts other children in place; what had the focus among the old ones has it among the new ones, if it is still there. */
export function refill(parent: HTMLElement, ...children: readonly Child[]): void {
  const focused = document.activeElement;
  const key = focused instanceof HTMLElement && parent.contains(focused) ? focused.dataset["key"] : undefined;
  parent.replaceChildren(...children.filter((child) => child !== undefined));
  if (key === undefined) return;
  for (const candidate of parent.querySelectorAll<HTMLElement>("[data-key]")) {
    if (candidate.dataset["key"] === key) return candidate.focus({ preventScroll: true });
  }
}

/** The element of the page with this id. */
export function part(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no #${id}.`);
  return found;
}

/** Fills the holes of a text, `{0}` and `{1}`. */
export function filled(text: string, ...values: readonly (string | number)[]): string {
  return text.replaceAll(/\{(\d)\}/g, (hole, index: string) => String(values[Number(index)] ?? hole));
}
