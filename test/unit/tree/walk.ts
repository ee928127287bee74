import assert from "node:assert/strict";
import { atOnce } from "../../../src/core/slices.ts";
import { inEnglish } from "../../../src/core/text/message.ts";
import type { Message } from "../../../src/core/text/message.ts";
import type { Snapshot } from "../../../src/fleet/snapshot/snapshot.ts";
import type { FleetNode, Place } from "../../../src/tree/fleet/node.ts";
import { childrenOf, viewOf } from "../../../src/tree/fleet/nodes.ts";
import { placesToRefresh } from "../../../src/tree/fleet/refresh.ts";
import { sceneOf } from "../../../src/tree/fleet/scene.ts";
import type { Scene } from "../../../src/tree/fleet/scene.ts";
import type { Clock, NodeView } from "../../../src/tree/view.ts";

export interface Seen {
  readonly node: FleetNode;
  readonly view: NodeView;
  readonly label: string;
  readonly description: string;
  readonly spoken: string;
  readonly children: readonly Seen[];
}

export const clock: Clock = { now: "2026-11-23T06:00:00Z", locale: "en-u-hc-h23", zone: "America/New_York" };

/** A snapshot as the Fleet view shows it, by subscription and without a filter where a test says nothing else. */
export function scene(snapshot: Snapshot, over: Partial<Scene> = {}, before?: Scene): Scene {
  const plain = {
    clock,
    grouping: { by: "subscription" },
    filter: "",
    isWorstFirst: true,
    opened: new Map(),
  } as const;
  return sceneOf({ ...plain, ...over, snapshot }, before);
}

/** The whole tree as it would be shown, each node checked against its parent. */
export function seen(snapshot: Snapshot, at: Clock = clock): readonly Seen[] {
  return seenIn(scene(snapshot, { clock: at }));
}

/** The same in any grouping. */
export function seenIn(shown: Scene, parent?: FleetNode): readonly Seen[] {
  return childrenOf(parent, shown).map((node) => {
    assert.equal(node.parent?.id, parent?.id, node.id);
    const view = viewOf(node, shown);
    assert.ok(view, node.id);
    const { label, description, spoken } = view;
    return {
      node,
      view,
      label: plain(label),
      description: description === undefined ? "" : plain(description),
      spoken: plain(spoken),
      children: seenIn(shown, node),
    };
  });
}

/** In English, with the narrow spaces that times are set with made plain ones. */
function plain(text: Message): string {
  return inEnglish(text).replaceAll(/\s/g, " ");
}

/** The places that VS Code holds where it has asked for all that is shown. */
export function heldIn(shown: Scene): readonly Place[] {
  return flat(seenIn(shown)).flatMap(({ node }) => ("view" in node ? [] : [node]));
}

/** The ids of what is refreshed so that the tree shows `after` where all of `before` was shown. */
export function refreshedBetween(before: Scene, after: Scene): readonly string[] | "all" {
  const places = atOnce(placesToRefresh(heldIn(before), before, after));
  return places === "all" ? places : places.map(({ id }) => id);
}

export function flat(nodes: readonly Seen[]): readonly Seen[] {
  return nodes.flatMap((node) => [node, ...flat(node.children)]);
}

/** The node found by labels from the root down. */
export function find(nodes: readonly Seen[], ...labels: readonly string[]): Seen {
  const [label, ...rest] = labels;
  const found = nodes.find((node) => node.label === label);
  assert.ok(found, `no “${label}” among ${nodes.map((node) => node.label).join(", ")}`);
  return rest.length === 0 ? found : find(found.children, ...rest);
}
