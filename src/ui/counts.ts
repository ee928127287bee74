import { message, type Message } from "../core/text/message.ts";

/** "1 change", "4 changes". */
export function countOfChanges(count: number): Message {
  return count === 1 ? message("1 change") : message("{0} changes", count);
}

/** "1 scale set", "4 scale sets". */
export function countOfScaleSets(count: number): Message {
  return count === 1 ? message("1 scale set") : message("{0} scale sets", count);
}

/** "1 upgrade", "4 upgrades". */
export function countOfUpgrades(count: number): Message {
  return count === 1 ? message("1 upgrade") : message("{0} upgrades", count);
}

/** "1 window", "4 windows". */
export function countOfWindows(count: number): Message {
  return count === 1 ? message("1 window") : message("{0} windows", count);
}
