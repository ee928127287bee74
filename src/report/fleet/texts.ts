import { message, sentence } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import type { Column } from "./column.ts";

/** The words that the page's script puts in place; `{0}` stands for what it fills in. */
const words = {
  // Columns
  name: message("Scale set"),
  state: message("State"),
  configuration: message("Configuration"),
  freshness: message("Image versions"),
  image: message("Image"),
  region: message("Region"),
  subscription: message("Subscription"),
  resourceGroup: message("Resource group"),
  why: message("Why"),
  actions: message("Actions"),
  // Rows
  explain: message("Explain"),
  reveal: message("Reveal"),
  portal: message("Portal"),
  on: message("{0}: {1}"),
  managedBy: message("Managed by {0}"),
  // Filters and counts
  all: message("All"),
  others: message("Managed by other services"),
  behindOnly: sentence(message("behind the latest image")),
  uncheckedOnly: sentence(message("not checked")),
  shownOf: message("{0} of {1} scale sets"),
  shownAll: message("{0} scale sets"),
  noneFound: message("No scale sets match the filter"),
  sortedUp: message("Sorted by {0}, ascending"),
  sortedDown: message("Sorted by {0}, descending"),
  setsOwn: message("{0} scale sets you manage"),
  oneOwn: message("1 scale set you manage"),
  serviceCount: message("{0} ({1})"),
  show: message("Show in Table"),
  nothingNeeded: message("Nothing needs your attention"),
  // Images
  imagesCurrent: message("run the latest image"),
  imagesBehind: message("run an older image"),
  imagesUnknown: message("unknown"),
  imagesUnchecked: message("not checked"),
  checkImages: message("Check Image Versions"),
  worst: message("Furthest behind"),
  // Calendar
  windowsOne: message("1 window"),
  windowsMany: message("{0} windows"),
  windowsNone: message("No window"),
  inConflict: message("{0} in conflict"),
  openNow: message("Open now"),
  nothingOpen: message("No windows are open now"),
  today: message("Today, {0}"),
  allWindows: message("All {0} windows"),
  details: message("Details"),
  windowsOn: message("Windows on {0}"),
  conflict: message("Conflict: {0}"),
  close: message("Close"),
  times: message("Times"),
  schedule: message("Schedule"),
  sets: message("Scale sets"),
  conflicts: message("Conflicts"),
  notes: message("Notes"),
  quiet: message("Configurations without a window: {0}"),
  noWindows: message("No window in the next 14 days"),
} satisfies Readonly<Record<Column, Message>> & Readonly<Record<string, Message>>;

export type TextName = keyof typeof words;
export type Texts = Readonly<Record<TextName, string>>;

export function textsOf(say: (text: Message) => string): Texts {
  // Holes stay holes: what fills them is known to the page.
  const kept = (text: Message) => say({ ...text, args: text.args.length > 0 ? text.args : holes });
  return Object.fromEntries(Object.entries(words).map(([name, text]) => [name, kept(text)])) as Texts;
}

const holes = ["{0}", "{1}"];
