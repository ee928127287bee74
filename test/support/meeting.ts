import type { Locator } from "playwright-core";

/** As much of the browser as is used of it. */
interface Element {
  getAttribute(name: string): string | null;
  closest(selector: string): Element | null;
}

interface MouseEvent {
  readonly target: Element;
  preventDefault(): void;
  stopImmediatePropagation(): void;
}

type Listen = (type: string, listener: (event: MouseEvent) => void, capture: true) => void;

interface Window {
  readonly addEventListener: Listen;
  readonly removeEventListener: Listen;
}

/**
 * Does something with the mouse to a row of a list or tree. VS Code uses a row's element for another row when rows come and go, which no
 * locator sees: events of these types that would meet another row than the one that was intended are withheld, and this throws.
 */
export async function meeting(
  row: Locator,
  types: readonly string[],
  act: () => Promise<void>,
): Promise<void> {
  const guard = await row.evaluateHandle(
    (element: Element, types) => {
      const window = globalThis as unknown as Window;
      const intended = element.getAttribute("aria-label");
      let missed: string | undefined;
      const check = (event: MouseEvent) => {
        const met = event.target.closest(".monaco-list-row")?.getAttribute("aria-label");
        if (met === intended) return;
        missed = `${intended} was intended, and ${met ?? "no row"} met`;
        event.preventDefault();
        event.stopImmediatePropagation();
      };
      for (const type of types) window.addEventListener(type, check, true);
      return () => {
        for (const type of types) window.removeEventListener(type, check, true);
        return missed;
      };
    },
    types,
    { timeout: 3000 },
  );
  let missed: string | undefined;
  try {
    await act();
  } finally {
    missed = await guard.evaluate((end) => end());
  }
  if (missed !== undefined) throw new Error(missed);
}
