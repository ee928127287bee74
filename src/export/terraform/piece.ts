import type { ChangeKind } from "../../core/plans/kinds/kinds.ts";
import type { Change } from "../../core/plans/plan.ts";
import type { Declared } from "../code/stages.ts";
import type { Block, HclValue } from "./hcl.ts";

/** A resource block that stands for a change, or what the provider itself does. */
export type TerraformPiece =
  | {
      readonly type: `azurerm_${string}` | `azapi_${string}`;
      /** What its label is made of. */
      readonly name: string;
      readonly noun: string;
      /** The id to import it by, where it is there already. */
      readonly importId?: string;
      readonly items: (references: References) => Block["items"];
    }
  /** azurerm registers Microsoft.Maintenance in the subscription of this provider. */
  | { readonly registersIn: string };

/** What else is declared in the file. */
export interface References {
  /** An attribute of the resource with this id, or its value where it is not declared here. */
  readonly attribute: (id: string, name: "id" | "name", value: string) => HclValue;
  /** The provider block of a subscription; undefined for the first one, which is the default. */
  readonly provider: (subscription: string) => HclValue | undefined;
}

/** The plan around a change. */
export interface Surroundings {
  /** It describes what is there: all of it is imported. */
  readonly isThere: boolean;
  /** Whether a scale set has several associations in the plan. */
  readonly hasSeveral: (scaleSet: string) => boolean;
}

export type TerraformKind = (change: Change, surroundings: Surroundings) => Declared<TerraformPiece>;

export type TerraformKinds = Readonly<Record<ChangeKind, TerraformKind>>;
