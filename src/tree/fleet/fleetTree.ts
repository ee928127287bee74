import * as vscode from "vscode";
import type { FleetChange } from "../../fleet/snapshot/changes.ts";
import { searching } from "../../fleet/snapshot/search.ts";
import type { FleetStore } from "../../fleet/store.ts";
import { idKey } from "../../core/resources/ids.ts";
import { clockNow } from "../clock.ts";
import { LiveTree } from "../liveTree.ts";
import type { FleetView } from "./fleetView.ts";
import { readGrouping } from "./grouping.ts";
import type { Grouping } from "./grouping.ts";
import { scaleSetNode } from "./node.ts";
import type { FleetNode, Place } from "./node.ts";
import { childrenOf, viewOf } from "./nodes.ts";
import { pageSize, rootGroup } from "./pages.ts";
import { configurationPlace, groupPlace, scaleSetPlaces } from "./places.ts";
import { placesToRefresh, placesToRefreshInTime } from "./refresh.ts";
import { pagesFor } from "./reveal.ts";
import { sceneOf } from "./scene.ts";
import type { Scene } from "./scene.ts";
import type { TreeNode } from "../treeNode.ts";

/** So many matches of a filter are shown without a click. */
const maxOpenedMatches = 25;

/** Where the grouping and the filter are kept. */
const kept = { grouping: "fleet.grouping", filter: "fleet.filter" };

/** The Fleet view: shows the store's snapshot and refreshes the nodes that a change concerns. */
export class FleetTree extends LiveTree<FleetNode, Scene> implements FleetView {
  readonly #store: FleetStore;
  readonly #storage: vscode.Memento;
  readonly #viewChanged = new vscode.EventEmitter<void>();
  #filter: string;
  #grouping: Grouping;
  /** Another grouping or filter. */
  readonly onDidChangeView = this.#viewChanged.event;

  constructor(store: FleetStore, storage: vscode.Memento) {
    super({ childrenOf, viewOf, refreshIntervalMs: 60_000 });
    this.#store = store;
    this.#storage = storage;
    this.#grouping = readGrouping(storage.get(kept.grouping));
    this.#filter = storage.get(kept.filter, "");
    this.own(
      this.#viewChanged,
      store.onDidChange((change) => this.#followStore(change)),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("scaleSetMaintenance.hourCycle")) this.#showAllAgain();
      }),
    );
  }

  get filter(): string {
    return this.#filter;
  }

  get grouping(): Grouping {
    return this.#grouping;
  }

  get shownCount(): number {
    return this.shown.layout.shown.length;
  }

  shownScaleSets(): readonly string[] {
    return this.shown.layout.shown.map(({ id }) => id);
  }

  countOf(filter: string): number {
    const passes = searching(filter);
    let count = 0;
    for (const record of this.#store.snapshot.scaleSets.values()) if (passes(record)) count += 1;
    return count;
  }

  async groupBy(grouping: Grouping): Promise<void> {
    this.#grouping = grouping;
    this.#showOther();
    await this.#storage.update(kept.grouping, grouping);
  }

  async filterBy(text: string): Promise<void> {
    this.#filter = text.trim();
    this.#showOther();
    await this.#storage.update(kept.filter, this.#filter === "" ? undefined : this.#filter);
  }

  /** What commands take a node of this tree for: a group, and a list while it is filtered, for what is in it. */
  standingFor(node: TreeNode): readonly TreeNode[] {
    if (!("id" in node) || this.held.get(node.id) !== node) return [node];
    const { layout, filter } = this.shown;
    if (node.kind === "danglingAssociations") return childrenOf(node, this.shown);
    const group =
      node.kind === "group"
        ? node.value
        : node.kind === "scaleSets" && filter !== ""
          ? node.subscriptionId
          : undefined;
    return group === undefined
      ? [node]
      : (layout.groups.get(group) ?? []).map((record) => scaleSetNode(record, node as Place));
  }

  /** Shows another page of a group after the first `shown` of its items; answers the first that was not shown before. */
  showMore(group: string, shown: number): FleetNode | undefined {
    const place = group === rootGroup ? undefined : this.held.get(group);
    const before = new Set(childrenOf(place, this.shown).map(({ id }) => id));
    this.#open(group, shown + pageSize, place);
    const added = childrenOf(place, this.shown).find(({ id }) => !before.has(id));
    return added && this.hold(added);
  }

  /** The node of a configuration or scale set, to be revealed; undefined when the tree has none. Opens the pages that it is on. */
  nodeOf(resourceId: string): FleetNode | undefined {
    const key = idKey(resourceId);
    const { snapshot } = this.shown;
    const configuration = snapshot.configurations.get(key);
    const scaleSet = snapshot.scaleSets.get(key);
    const place =
      (configuration && configurationPlace(configuration, this.shown)) ??
      (scaleSet && scaleSetPlaces(scaleSet, this.shown)[0]);
    for (let below = place; below !== undefined; below = below.parent as Place | undefined) {
      const pages = pagesFor(below, this.shown);
      const parent = below.parent && this.hold(below.parent);
      if (pages !== undefined) this.#open(parent?.id ?? rootGroup, pages, parent);
    }
    return place && this.hold(place);
  }

  /** Whether the fleet has the configuration or scale set, and only the filter hides it. */
  isFilteredOut(resourceId: string): boolean {
    const { snapshot, layout } = this.shown;
    const key = idKey(resourceId);
    const [set, configuration] = [snapshot.scaleSets.get(key), snapshot.configurations.get(key)];
    if (set !== undefined) return !layout.isShown(set);
    return configuration !== undefined && !layout.isShownConfiguration(configuration);
  }

  /** The groups to open after the user has filtered: those with matches, while these are few enough to be seen at once. */
  groupsToOpen(): readonly FleetNode[] {
    const { layout } = this.shown;
    const areFew =
      this.#filter !== "" &&
      layout.shown.length <= maxOpenedMatches &&
      layout.groups.size <= maxOpenedMatches;
    return areFew ? [...layout.groups.keys()].map((value) => this.hold(groupPlace(value, this.shown))) : [];
  }

  protected override stateNow(): Scene {
    return this.#sceneWith(this.shownSoFar?.opened ?? new Map(), clockNow(), this.shownSoFar);
  }

  protected override differing(before: Scene, after: Scene) {
    return placesToRefreshInTime(this.held.values(), before, after);
  }

  #sceneWith(opened: Scene["opened"], clock: Scene["clock"], before: Scene | undefined): Scene {
    const { snapshot } = this.#store;
    return sceneOf({ snapshot, clock, grouping: this.#grouping, filter: this.#filter, opened }, before);
  }

  #followStore({ ids }: FleetChange): void {
    const before = this.shownSoFar;
    if (before === undefined) return;
    const after = this.#sceneWith(before.opened, before.clock, before);
    if (ids === "all") this.showAnew(after);
    else this.show(after, placesToRefresh(ids, this.held.values(), before, after));
  }

  #open(group: string, shown: number, place: FleetNode | undefined): void {
    const { opened, clock } = this.shown;
    const scene = this.#sceneWith(new Map([...opened, [group, shown]]), clock, this.shown);
    this.show(scene, place === undefined ? "all" : [place]);
  }

  /** Other groups: nothing of the tree stays. */
  #showOther(): void {
    const { clock } = this.shown;
    this.showAnew(this.#sceneWith(new Map(), clock, this.shown));
    this.#viewChanged.fire();
  }

  #showAllAgain(): void {
    this.show(this.shownSoFar && this.stateNow(), "all");
  }
}
