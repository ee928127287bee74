import type { Change } from "../../core/plans/plan.ts";
import { idKey, sameId } from "../../core/resources/ids.ts";
import { inPieces, type Sliced } from "../../core/slices.ts";
import { Labels } from "../code/labels.ts";
import type { DeclaredChange } from "../code/stages.ts";
import { reference, type Block } from "./hcl.ts";
import type { References, TerraformPiece } from "./piece.ts";

/** The blocks of a file, as they refer to one another. */
export interface Resources {
  /** The blocks of each change: what imports it, and the resource. */
  readonly blocks: readonly (readonly Block[])[];
  /** Of which azurerm needs a provider block, the default one first. */
  readonly subscriptions: readonly ProviderBlock[];
  readonly usesAzapi: boolean;
  readonly usesActions: boolean;
  /** Where a change is declared, such as `azapi_resource.web_association`. */
  readonly addressOf: (change: Change) => string | undefined;
}

interface ProviderBlock {
  readonly id: string;
  readonly alias?: string;
  readonly registers: boolean;
}

/** Lays out what is declared. */
export function* resourcesOf(declared: readonly DeclaredChange<TerraformPiece>[]): Sliced<Resources> {
  const labels = new Labels();
  const addresses = new Map<string, string>();
  const byTarget = new Map<string, string>();
  yield* inPieces(declared, ({ change, piece }) => {
    if ("registersIn" in piece) return;
    const address = `${piece.type}.${labels.next(piece.name, piece.noun)}`;
    addresses.set(change.id, address);
    if (piece.noun === "group" || piece.noun === "configuration") byTarget.set(idKey(change.target), address);
  });
  const subscriptions: ProviderBlock[] = [];
  const referredTo = new Set<string>();
  const references: References = {
    attribute: (id, name, value) => {
      const address = byTarget.get(idKey(id));
      if (address === undefined) return value;
      referredTo.add(address);
      return reference(`${address}.${name}`);
    },
    provider: (subscription) => {
      const { alias } = providerFor(subscriptions, labels, subscription, declared);
      return alias === undefined ? undefined : reference(`azurerm.${alias}`);
    },
  };
  for (const { piece } of declared)
    if ("registersIn" in piece) providerFor(subscriptions, labels, piece.registersIn, declared);
  const blocks: (readonly Block[])[] = [];
  yield* inPieces(declared, ({ change, piece }) => {
    const address = addresses.get(change.id);
    if (address === undefined || "registersIn" in piece) return;
    const [type, label] = address.split(".");
    referredTo.clear();
    const items = piece.items(references);
    // Terraform waits for what a block refers to.
    const needs = change.needs
      .flatMap((id) => addresses.get(id) ?? [])
      .filter((need) => !referredTo.has(need));
    const resource: Block = {
      head: `resource "${type}" "${label}"`,
      items: [...items, ["depends_on", needs.length === 0 ? undefined : needs.map(reference)]],
    };
    const { importId } = piece;
    const imports = importId === undefined ? [] : [{ head: "import", items: importItems(address, importId) }];
    blocks.push([...imports, resource]);
  });
  const uses = (type: string) => [...addresses.values()].some((address) => address.startsWith(type));
  return {
    blocks,
    subscriptions,
    usesAzapi: uses("azapi_"),
    usesActions: uses("azapi_resource_action."),
    addressOf: ({ id }) => addresses.get(id),
  };
}

function importItems(address: string, id: string): Block["items"] {
  return [
    ["to", reference(address)],
    ["id", id],
  ];
}

/** The provider block of a subscription: without an alias for the first one, which all resources use that name none. */
function providerFor(
  known: ProviderBlock[],
  labels: Labels,
  id: string,
  declared: readonly DeclaredChange<TerraformPiece>[],
): ProviderBlock {
  const found = known.find((one) => sameId(one.id, id));
  if (found !== undefined) return found;
  const registers = declared.some(({ piece }) => "registersIn" in piece && sameId(piece.registersIn, id));
  const alias = known.length === 0 ? {} : { alias: labels.next("subscription", id.slice(0, 8)) };
  const block = { id, ...alias, registers };
  known.push(block);
  return block;
}
