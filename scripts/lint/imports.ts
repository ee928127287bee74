import { posix } from "node:path";
import {
  heavyPackages,
  knowVSCode,
  lazyEntries,
  lazyRooms,
  rooms,
  sharedWithPages,
  withoutNode,
} from "./rooms.ts";

/** One import of a module of src/, as the rules see it. */
export interface Import {
  /** The importing module, relative to src/ and without its extension: `fleet/store`. */
  readonly from: string;
  /** The specifier as it is written. */
  readonly specifier: string;
  readonly typeOnly: boolean;
  readonly dynamic: boolean;
}

/** Says why an import is not allowed; `undefined` where it is. */
export function objection(found: Import): string | undefined {
  const { specifier } = found;
  if (specifier === "vscode") return aboutVSCode(found);
  if (specifier.startsWith("node:")) {
    return aboutNode(roomOf(found.from));
  }
  return specifier.startsWith(".") ? aboutModule(found) : aboutPackage(found);
}

function aboutNode(room: string): string | undefined {
  if (!withoutNode.includes(room)) return undefined;
  return room === "core"
    ? "core is pure: it uses no module of Node."
    : `${room} runs in a browser: it uses no module of Node.`;
}

function aboutVSCode({ from }: Import): string | undefined {
  return isAmong(from, knowVSCode)
    ? undefined
    : `"vscode" is not known here, but to ${knowVSCode.join(", ")}.`;
}

function aboutModule({ from, specifier, typeOnly, dynamic }: Import): string | undefined {
  const to = posix.join(posix.dirname(from), specifier).replace(/\.ts$/, "");
  const [own, other] = [roomOf(from), roomOf(to)];
  if (other === "..") return "src imports nothing from outside.";
  if (lazyEntries.includes(to) && !typeOnly && !(dynamic && from === `${other}/door`)) {
    return `${to} is loaded on demand: only ${other}/door.ts imports it, dynamically.`;
  }
  if (own === other) return undefined;
  const room = rooms[own];
  if (!room) return `"${own}" is not a room of the house.`;
  if (!room.uses.includes(other)) {
    if (room.loads?.includes(other) === true && to === `${other}/door`) return undefined;
    if (!room.names?.includes(other)) return `${own} may not import ${other}.`;
    if (!typeOnly) return `${own} may import only types of ${other}.`;
  }
  if (own.startsWith(`${other}/`)) {
    return typeOnly || sharedWithPages.includes(to)
      ? undefined
      : `${own} may import only types of ${to}: it shares ${sharedWithPages.join(", ")}.`;
  }
  if (other in lazyRooms && !typeOnly && to !== `${other}/door`) {
    return `Values of ${other} are reached through ${other}/door.ts, so that they stay out of the first file.`;
  }
  return undefined;
}

function aboutPackage({ from, specifier, typeOnly }: Import): string | undefined {
  const name = specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
  if (!rooms[roomOf(from)]?.packages?.includes(name))
    return `${roomOf(from)} may not import the package ${name}.`;
  const users = heavyPackages[name];
  if (!users || typeOnly || isAmong(from, users)) return undefined;
  return `${name} is heavy: only ${users.join(", ")} may import it.`;
}

/** The first folder, or the two first where they are a room within a room. */
function roomOf(module: string): string {
  const [room = module, inner = ""] = module.split("/");
  const within = `${room}/${inner}`;
  return within in rooms ? within : room;
}

/** Whether a module is named in a list, in which `tree/` stands for the whole room. */
function isAmong(module: string, list: readonly string[]): boolean {
  return list.some((entry) => (entry.endsWith("/") ? module.startsWith(entry) : module === entry));
}
