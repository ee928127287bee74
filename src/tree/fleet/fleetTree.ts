import * as vscode from "vscode";
import type { FleetChange } from "../../fleet/snapshot/changes.ts";
import { summaryOf } from "../../fleet/snapshot/summary.ts";
import type { Summary } from "../../fleet/snapshot/summary.ts";
import type { FleetStore } from "../../fleet/store.ts";
import { inPieces, inSlices } from "../../core/slices.ts";
import type { Sliced } from "../../core/slices.ts";
import { idKey } from "../../core/resources/ids.ts";
import { clockAfter } from "../clock.ts";
import { LiveTree } from "../liveTree.ts";
import { Filter } from "./filter.ts";
import type { FleetView } from "./fleetView.ts";
import { readGrouping } from "./grouping.ts";
import type { Grouping } from "./grouping.ts";
import { scaleSetNode } from "./node.ts";
import type { FleetNode, Place } from "./node.ts";
import { childrenOf, itemsOf, viewOf } from "./nodes.ts";
import { pageSize, rootGroup } from "./pages.ts";
import { configurationPlace, groupPlace, scaleSetPlaces } from "./places.ts";
import { placesToRefresh, placesToRefreshInTime } from "./refresh.ts";
import { pagesFor } from "./reveal.ts";
import { sceneAfter } from "./scene.ts";
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
  #opened: Scene["opened"] = new Map();
  /** Ids of what has changed since what is being laid out was begun, and of what had changed then since what is shown. */
  #changed: FleetChange["ids"] = new Set();
  #laidOut: FleetChange["ids"] = new Set();
  /** Whether every node is replaced. */
  #redrawsAll = false;
  /** Another grouping or filter. */
  readonly onDidChangeView = this.#viewChanged.event;
  readonly #matched = new vscode.EventEmitter<void>();
  /** What the filter lets through may be others. */
  readonly onDidMatch = this.#matched.event;

  constructor(store: FleetStore, storage: vscode.Memento) {
    super({ childrenOf, viewOf, refreshIntervalMs: 60_000 });
    this.#store = store;
    this.#storage = storage;
    this.#grouping = readGrouping(storage.get(kept.grouping));
    this.#filter = storage.get(kept.filter, "");
    this.own(
      this.#viewChanged,
      this.#matched,
      store.onDidChange((change) => this.#followStore(change)),
      vscode.workspace.onDidChangeConfiguration((event) => {
        const has = (setting: string) => event.affectsConfiguration(`scaleSetMaintenance.${setting}`);
        if (has("hourCycle") || has("sortOrder")) void this.#showAllAgain();
      }),
    );
  }

  get filter(): string {
    return this.#filter;
  }

  get grouping(): Grouping {
    return this.#grouping;
  }

  /** How the scale sets stand that the filter lets through. */
  get summary(): Summary {
    return summaryOf(this.#filter === "" ? this.#store.snapshot.scaleSets : this.shown.layout.shown);
  }

  shownScaleSets(): readonly string[] {
    return this.shown.layout.shown.map(({ id }) => id);
  }

  async countOf(filter: string): Promise<number> {
    const { snapshot } = this.#store;
    const tested = new Filter(filter, snapshot);
    let count = 0;
    const counting = inPieces(snapshot.scaleSets.values(), (record) => {
      if (tested.passes(record)) count += 1;
    });
    await inSlices(counting);
    return count;
  }

  async groupBy(grouping: Grouping): Promise<void> {
    this.#grouping = grouping;
    await this.#showOther();
    await this.#storage.update(kept.grouping, grouping);
  }

  async filterBy(text: string): Promise<void> {
    this.#filter = text.trim();
    await this.#showOther();
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
  async showMore(group: string, shown: number): Promise<FleetNode | undefined> {
    const place = group === rootGroup ? undefined : this.held.get(group);
    const before = new Set(childrenOf(place, this.shown).map(({ id }) => id));
    await this.#open([[group, shown + pageSize]]);
    const added = childrenOf(place, this.shown).find(({ id }) => !before.has(id));
    return added && this.hold(added);
  }

  /** The node of a configuration or scale set, to be revealed; undefined when the tree has none. Opens the pages that it is on. */
  async nodeOf(resourceId: string): Promise<FleetNode | undefined> {
    await this.follow();
    const key = idKey(resourceId);
    const { snapshot } = this.shown;
    const configuration = snapshot.configurations.get(key);
    const scaleSet = snapshot.scaleSets.get(key);
    const place =
      (configuration && configurationPlace(configuration, this.shown)) ??
      (scaleSet && scaleSetPlaces(scaleSet, this.shown)[0]);
    const opened: [string, number][] = [];
    for (let below = place; below !== undefined; below = below.parent as Place | undefined) {
      const pages = pagesFor(below, this.shown);
      if (pages !== undefined) opened.push([below.parent?.id ?? rootGroup, pages]);
    }
    if (opened.length > 0) await this.#open(opened);
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

  protected override *stateNow(before: Scene | undefined): Sliced<Scene> {
    const [grouping, filter, opened] = [this.#grouping, this.#filter, this.#opened];
    const { snapshot } = this.#store;
    // What was begun before may have been given up.
    this.#laidOut = joined(this.#laidOut, this.#changed);
    this.#changed = new Set();
    const ids = this.#laidOut === "all" ? undefined : this.#laidOut;
    const clock = clockAfter(before?.clock);
    const parts = { snapshot, clock, grouping, filter, opened, isWorstFirst: isWorstFirst() };
    return yield* sceneAfter(parts, before, ids);
  }

  protected override *differing(before: Scene, after: Scene): Sliced<readonly Place[] | "all"> {
    if (this.#redrawsAll) return "all";
    const held = [...this.held.values()];
    const places = yield* placesToRefresh(held, before, after);
    if (places === "all" || before.clock === after.clock) return places;
    return [...places, ...(yield* placesToRefreshInTime(held, before, after))];
  }

  protected override *prepared(node: FleetNode | undefined, scene: Scene): Sliced<void> {
    if (node !== undefined) yield* scene.layout.ordered(itemsOf(node, scene));
  }

  /** Of the same fleet the nodes stay: until VS Code has asked for all again it knows no other that the user has selected or drags. */
  protected override showAll(scene: Scene): void {
    if (!this.#redrawsAll) return this.show(scene, "all");
    this.#redrawsAll = false;
    super.showAll(scene);
  }

  protected override show(scene: Scene, nodes: readonly FleetNode[] | "all"): void {
    this.#laidOut = new Set();
    super.show(scene, nodes);
    if (scene.filter !== "") this.#matched.fire();
  }

  #followStore({ ids }: FleetChange): void {
    this.#changed = joined(this.#changed, ids);
    if (ids === "all") this.#redrawsAll = true;
    void this.follow();
  }

  /** Shows so many items of the groups with these ids. */
  #open(groups: readonly (readonly [id: string, shown: number])[]): Promise<void> {
    this.#opened = new Map([...this.#opened, ...groups]);
    return this.follow();
  }

  /** Other groups: nothing of the tree stays. */
  async #showOther(): Promise<void> {
    this.#opened = new Map();
    this.#redrawsAll = true;
    await this.follow(true);
    this.#viewChanged.fire();
  }

  async #showAllAgain(): Promise<void> {
    await this.follow();
    if (this.shownSoFar !== undefined) super.show(this.shownSoFar, "all");
  }
}

function isWorstFirst(): boolean {
  return vscode.workspace.getConfiguration("scaleSetMaintenance").get("sortOrder") !== "name";
}

/** Ids of either. */
function joined(one: FleetChange["ids"], other: FleetChange["ids"]): FleetChange["ids"] {
  return one === "all" || other === "all" ? "all" : new Set([...one, ...other]);
}
