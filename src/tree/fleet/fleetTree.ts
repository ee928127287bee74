import * as vscode from "vscode";
import type { FleetChange } from "../../fleet/snapshot/changes.ts";
import { searching } from "../../fleet/snapshot/search.ts";
import type { FleetStore } from "../../fleet/store.ts";
import { idKey } from "../../core/resources/ids.ts";
import { clockNow } from "../clock.ts";
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
import { tooltipOf, treeItemOf } from "../treeItem.ts";
import type { TreeNode } from "../treeNode.ts";

/** How often, in milliseconds, what the tree says of time is brought up to date. */
const pace = 60_000;

/** So many matches of a filter are shown without a click. */
const few = 25;

/** Where the grouping and the filter are kept. */
const kept = { grouping: "fleet.grouping", filter: "fleet.filter" };

/** The Fleet view: shows the store's snapshot and refreshes the nodes that a change concerns. */
export class FleetTree implements vscode.TreeDataProvider<FleetNode>, FleetView, vscode.Disposable {
  readonly #store: FleetStore;
  readonly #storage: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<FleetNode[] | undefined>();
  readonly #viewChanged = new vscode.EventEmitter<void>();
  readonly #disposable: vscode.Disposable;
  /** The places that VS Code holds, by id: it knows a node again only as the same object. */
  readonly #places = new Map<string, Place>();
  /** What the tree shows; undefined until it is needed: the first date formatter of a process takes longer than all else at activation. */
  #scene: Scene | undefined;
  #filter: string;
  #grouping: Grouping;
  readonly onDidChangeTreeData = this.#changed.event;
  /** Another grouping or filter. */
  readonly onDidChangeView = this.#viewChanged.event;

  constructor(store: FleetStore, storage: vscode.Memento) {
    this.#store = store;
    this.#storage = storage;
    this.#grouping = readGrouping(storage.get(kept.grouping));
    this.#filter = storage.get(kept.filter, "");
    const timer = setInterval(() => this.#followTime(), pace);
    this.#disposable = vscode.Disposable.from(
      this.#changed,
      this.#viewChanged,
      store.onDidChange((change) => this.#follow(change)),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("scaleSetMaintenance.hourCycle")) this.#showAnew();
      }),
      { dispose: () => clearInterval(timer) },
    );
  }

  getChildren(node?: FleetNode): FleetNode[] {
    return childrenOf(node, this.#shown).map((child) => this.#known(child));
  }

  getParent({ parent }: FleetNode): FleetNode | undefined {
    return parent && this.#known(parent);
  }

  getTreeItem(node: FleetNode): vscode.TreeItem {
    const view = viewOf(node, this.#shown);
    // A node that has just gone is asked for once more before its parent is refreshed.
    return view === undefined ? new vscode.TreeItem("") : treeItemOf(node, view);
  }

  resolveTreeItem(item: vscode.TreeItem, node: FleetNode): vscode.TreeItem {
    const view = viewOf(node, this.#shown);
    if (view !== undefined) item.tooltip = tooltipOf(view);
    return item;
  }

  get filter(): string {
    return this.#filter;
  }

  get grouping(): Grouping {
    return this.#grouping;
  }

  get shownCount(): number {
    return this.#shown.layout.shown.length;
  }

  shownScaleSets(): readonly string[] {
    return this.#shown.layout.shown.map(({ id }) => id);
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
    if (!("id" in node) || this.#places.get(node.id) !== node) return [node];
    const { layout, filter } = this.#shown;
    if (node.kind === "orphans") return childrenOf(node, this.#shown);
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
    const place = group === rootGroup ? undefined : this.#places.get(group);
    const before = new Set(childrenOf(place, this.#shown).map(({ id }) => id));
    this.#open(group, shown + pageSize, place);
    const added = childrenOf(place, this.#shown).find(({ id }) => !before.has(id));
    return added && this.#known(added);
  }

  /** The node of a configuration or scale set, to be revealed; undefined when the tree has none. Opens the pages that it is on. */
  nodeOf(resourceId: string): FleetNode | undefined {
    const key = idKey(resourceId);
    const { snapshot } = this.#shown;
    const configuration = snapshot.configurations.get(key);
    const scaleSet = snapshot.scaleSets.get(key);
    const place =
      (configuration && configurationPlace(configuration, this.#shown)) ??
      (scaleSet && scaleSetPlaces(scaleSet, this.#shown)[0]);
    for (let below = place; below !== undefined; below = below.parent as Place | undefined) {
      const pages = pagesFor(below, this.#shown);
      const parent = below.parent && this.#known(below.parent);
      if (pages !== undefined) this.#open(parent?.id ?? rootGroup, pages, parent);
    }
    return place && this.#known(place);
  }

  /** Whether the fleet has the configuration or scale set, and only the filter hides it. */
  isFilteredOut(resourceId: string): boolean {
    const { snapshot, layout } = this.#shown;
    const key = idKey(resourceId);
    const [set, configuration] = [snapshot.scaleSets.get(key), snapshot.configurations.get(key)];
    if (set !== undefined) return !layout.isShown(set);
    return configuration !== undefined && !layout.isShownConfiguration(configuration);
  }

  /** The groups to open after the user has filtered: those with matches, while these are few enough to be seen at once. */
  groupsToOpen(): readonly FleetNode[] {
    const { layout } = this.#shown;
    const areFew = this.#filter !== "" && layout.shown.length <= few && layout.groups.size <= few;
    return areFew
      ? [...layout.groups.keys()].map((value) => this.#known(groupPlace(value, this.#shown)))
      : [];
  }

  dispose(): void {
    this.#disposable.dispose();
  }

  get #shown(): Scene {
    this.#scene ??= this.#sceneWith(new Map());
    return this.#scene;
  }

  #sceneWith(opened: Scene["opened"], clock = clockNow(), before?: Scene): Scene {
    const { snapshot } = this.#store;
    return sceneOf({ snapshot, clock, grouping: this.#grouping, filter: this.#filter, opened }, before);
  }

  #known<N extends FleetNode>(node: N): N {
    if ("view" in node) return node;
    const known = this.#places.get(node.id);
    if (known !== undefined) return known as N;
    this.#places.set(node.id, node as Place);
    return node;
  }

  #follow({ ids }: FleetChange): void {
    const before = this.#scene;
    if (before === undefined) return;
    const after = this.#sceneWith(before.opened, before.clock, before);
    this.#scene = after;
    if (ids === "all") {
      this.#places.clear();
      this.#changed.fire(undefined);
    } else {
      this.#refresh(placesToRefresh(ids, this.#places.values(), before, after));
    }
  }

  #open(group: string, shown: number, place: FleetNode | undefined): void {
    const { opened, clock } = this.#shown;
    this.#scene = this.#sceneWith(new Map([...opened, [group, shown]]), clock, this.#shown);
    this.#changed.fire(place && [place]);
  }

  /** Other groups: nothing of the tree stays. */
  #showOther(): void {
    this.#scene = this.#sceneWith(new Map(), this.#shown.clock, this.#scene);
    this.#places.clear();
    this.#changed.fire(undefined);
    this.#viewChanged.fire();
  }

  #showAnew(): void {
    this.#scene = this.#scene && this.#sceneWith(this.#scene.opened, clockNow(), this.#scene);
    this.#changed.fire(undefined);
  }

  #followTime(): void {
    const before = this.#scene;
    if (before === undefined) return;
    const after = this.#sceneWith(before.opened, clockNow(), before);
    this.#scene = after;
    this.#refresh(placesToRefreshInTime(this.#places.values(), before, after));
  }

  /** Nodes that VS Code has not asked for need no refresh. */
  #refresh(places: readonly Place[] | "all"): void {
    if (places === "all") return this.#changed.fire(undefined);
    const known = places.flatMap(({ id }) => this.#places.get(id) ?? []);
    if (known.length > 0) this.#changed.fire(known);
  }
}
