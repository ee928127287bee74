import { message, verbatim } from "../../core/text/message.ts";
import type { UnreadFile } from "../../fleet/plans/planFiles.ts";
import type { Detail } from "../leaves.ts";

/** The tooltip names so many of them. */
const mostNamed = 10;

/** The line that says which plans are missing from the list, and why; none where all could be read. */
export function unreadDetail(unread: readonly UnreadFile[]): Detail | undefined {
  const [first] = unread;
  if (first === undefined) return undefined;
  const isPlace = unread.some(({ name }) => name === undefined);
  return {
    name: "unread",
    label: isPlace
      ? message("Saved plans couldn't be read")
      : unread.length === 1
        ? message("1 saved plan couldn't be read")
        : message("{0} saved plans couldn't be read", unread.length),
    value: verbatim(first.name ?? first.reason),
    icon: { id: "warning", color: "list.warningForeground" },
    tooltip: [
      ...unread.slice(0, mostNamed).map(({ name, reason }) => ({
        text: name === undefined ? verbatim(reason) : message("{0}: {1}", name, reason),
      })),
      ...(unread.length > mostNamed ? [{ text: message("and {0} more", unread.length - mostNamed) }] : []),
      {
        text: message("If one of these was interrupted, check its resources in Azure."),
      },
    ],
  };
}
