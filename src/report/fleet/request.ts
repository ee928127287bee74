import { coverageStates } from "../../core/associations/coverageStates.ts";
import { idKey } from "../../core/resources/ids.ts";
import { isObject } from "../../core/resources/json.ts";
import type { Snapshot } from "../../fleet/snapshot/snapshot.ts";
import type { ExportFormat, FromPage, Sort, View } from "./contract.ts";
import { needNames } from "./needs.ts";
import { columns, wholeView } from "./table.ts";

/** Commands that the page may run, and what on. All that change anything ask before they do. */
const commands = {
  onSets: [
    "explainEligibility",
    "associate",
    "cleanUpAssociations",
    "enableAutomaticUpgrades",
    "upgradeHistory",
    "startUpgrade",
    "checkImageVersions",
    "openInPortal",
    "viewProperties",
  ],
  onNothing: [
    "cleanUpAssociations",
    "refresh",
    "signIn",
    "openSandbox",
    "selectSubscriptions",
    "showLog",
    "createConfiguration",
  ],
} as const;

const formats: readonly ExportFormat[] = ["csv", "json", "markdown"];

/**
 * What the page asks for, taken at its word only where that is one of the words it may use: other commands, sets that the fleet does not
 * have, and members of other shapes make it undefined.
 */
export function requestOf(value: unknown, snapshot: Snapshot): FromPage | undefined {
  if (!isObject(value)) return undefined;
  const { kind, command, ids, need, view, id, format, day } = value;
  switch (kind) {
    case "ready":
    case "day":
      return isDay(day) ? { kind, day } : undefined;
    case "run": {
      const known = idsIn(ids, snapshot);
      const allowed = known?.length === 0 ? commands.onNothing : commands.onSets;
      return known !== undefined && isOneOf(allowed, command) ? { kind, command, ids: known } : undefined;
    }
    case "runOn":
      return isOneOf(commands.onSets, command) && isOneOf(needNames, need)
        ? { kind, command, need }
        : undefined;
    case "runOnShown": {
      const read = viewOf(view);
      return read !== undefined && isOneOf(commands.onSets, command)
        ? { kind, command, view: read }
        : undefined;
    }
    case "reveal": {
      const [known] = idsIn([id], snapshot) ?? [];
      return known === undefined ? undefined : { kind, id: known };
    }
    case "export": {
      const read = viewOf(view);
      return read !== undefined && isOneOf(formats, format) ? { kind, format, view: read } : undefined;
    }
    default:
      return undefined;
  }
}

/** `YYYY-MM-DD`, or none. */
function isDay(value: unknown): value is string | undefined {
  return value === undefined || (typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value));
}

/** The ids as the fleet has them; undefined unless it has every one of them. */
function idsIn(ids: unknown, { scaleSets }: Snapshot): readonly string[] | undefined {
  if (!Array.isArray(ids)) return undefined;
  const known = ids.map((id) => (typeof id === "string" ? scaleSets.get(idKey(id))?.id : undefined));
  return known.every((id) => id !== undefined) ? known : undefined;
}

/** A view of the table; undefined unless all its members are what they should be. */
export function viewOf(value: unknown): View | undefined {
  if (!isObject(value)) return undefined;
  const { text, state, subscription, configuration, region, freshness, sort } = value;
  if (![text, subscription, configuration, region].every(isShortText)) return undefined;
  if (!isOneOf([...coverageStates, "others", ""] as const, state)) return undefined;
  if (!isOneOf(["behind", "unchecked", ""] as const, freshness)) return undefined;
  if (!Array.isArray(sort) || sort.length > columns.length) return undefined;
  const sorts = sort.map(sortOf);
  if (!sorts.every((one) => one !== undefined)) return undefined;
  const words = { text, subscription, configuration, region } as Pick<
    View,
    "text" | "subscription" | "configuration" | "region"
  >;
  return { ...wholeView, ...words, state, freshness, sort: sorts };
}

function sortOf(value: unknown): Sort | undefined {
  if (!isObject(value)) return undefined;
  const { column, descending } = value;
  return isOneOf(columns, column) && typeof descending === "boolean" ? { column, descending } : undefined;
}

/** An id of Azure's has at most some hundred characters, and nobody types more. */
function isShortText(value: unknown): value is string {
  return typeof value === "string" && value.length <= 2000;
}

function isOneOf<T extends string>(list: readonly T[], value: unknown): value is T {
  return list.some((one) => one === value);
}
