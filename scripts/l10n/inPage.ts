// What the pictures ask of a page, in the page itself.

/**
 * Runs in a page: the texts that do not fit, whether they end in … or at an edge. What can be scrolled to is not cut.
 */
export const findCut = `[...document.querySelectorAll("body *")]
  .filter((each) => each.children.length === 0 && each.innerText?.trim())
  .filter((each) => {
    if (each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).overflowX === "hidden") return true;
    const { right, bottom } = each.getBoundingClientRect();
    for (let around = each.parentElement; around; around = around.parentElement) {
      const { overflowX, contain } = getComputedStyle(around);
      if (overflowX === "auto" || overflowX === "scroll") return false;
      if (overflowX !== "hidden" && contain !== "strict") continue;
      const edge = around.getBoundingClientRect();
      return right > edge.right + 1 || bottom > edge.bottom + 3;
    }
    return false;
  })
  .map((each) => each.innerText)`;

/** As much of the browser's elements as is read of them. */
interface Element {
  readonly innerText: string;
  querySelectorAll(selector: string): Iterable<Element>;
  getAttribute(name: string): string | null;
}

/** Runs in the page: the lines that are seen, and what a screen reader or the mouse's tip says. */
export function textsIn(elements: readonly unknown[]): string[] {
  return (elements as readonly Element[]).flatMap((element) => {
    const spoken = [...element.querySelectorAll("[aria-label], [title], [placeholder]")].flatMap((each) =>
      ["aria-label", "title", "placeholder"].map((name) => each.getAttribute(name) ?? ""),
    );
    return [...element.innerText.split("\n"), ...spoken];
  });
}
