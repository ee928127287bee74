// Sees what the measured extension does, without its knowing: the rows of its Fleet view, and its requests.
const { subscribe } = require("node:diagnostics_channel");
const Module = require("node:module");
const { moment } = require("./loop.cjs");

/**
 * @typedef {import("./loop.cjs").Moment} Moment
 * @typedef {object} Watched
 * @property {() => () => Moment} begin begins anew, and answers what tells when something was last seen
 * @property {() => number} pending how much has begun and not ended
 */

const extension = "scale-set-maintenance.azure-scale-set-maintenance";
const view = "scaleSetMaintenance.fleet";

/**
 * Watches the Fleet view from when the extension makes it: the extension gets VS Code's API with a `createTreeView` and a `withProgress` that tell.
 */
function watchTree() {
  let last = moment();
  let firstRows = NaN;
  let reading = 0;
  /** @type {import("vscode").TreeDataProvider<unknown> | undefined} */
  let provider;

  /** @param {typeof import("vscode").window} window */
  const watch = (window) => {
    const { createTreeView, withProgress } = window;
    window.createTreeView = (id, options) => {
      if (id === view) follow(options.treeDataProvider);
      return createTreeView(id, options);
    };
    window.withProgress = async (options, task) => {
      const isReading = typeof options.location === "object" && options.location.viewId === view;
      if (!isReading) return withProgress(options, task);
      reading++;
      try {
        return await withProgress(options, task);
      } finally {
        reading--;
        last = moment();
      }
    };
  };

  /** @param {import("vscode").TreeDataProvider<any>} tree */
  const follow = (tree) => {
    provider = tree;
    const { getChildren } = tree;
    tree.getChildren = async (node) => {
      const rows = /** @type {readonly unknown[]} */ (await getChildren.call(tree, node));
      if (node === undefined && rows.length > 0 && Number.isNaN(firstRows)) firstRows = performance.now();
      return /** @type {any} */ (rows);
    };
    tree.onDidChangeTreeData?.(() => (last = moment()));
  };

  const loader = /** @type {{ _load: (...args: any[]) => any }} */ (/** @type {unknown} */ (Module));
  const load = loader._load;
  let isWatching = false;
  loader._load = function (/** @type {any[]} */ ...args) {
    const loaded = load.apply(this, args);
    const [request, parent] = args;
    if (request !== "vscode" || isWatching || !String(parent?.filename).includes(`/${extension}-`))
      return loaded;
    isWatching = true;
    watch(loaded.window);
    return loaded;
  };

  return {
    begin: () => {
      last = moment();
      firstRows = NaN;
      return () => last;
    },
    pending: () => reading,
    /** When rows were first given to somebody who asked, of `performance.now()`. */
    firstRows: () => firstRows,
    /** Asks for the rows as VS Code does. */
    ask: () => provider?.getChildren(undefined),
  };
}

/**
 * Counts the requests to `host:port`.
 * @param {string} authority
 * @returns {Watched}
 */
function watchRequests(authority) {
  let last = moment();
  /** @type {Set<unknown>} */
  const open = new Set();
  const isOurs = (/** @type {any} */ request) => request.getHeader("host") === authority;
  subscribe("http.client.request.start", (message) => {
    const { request } = /** @type {any} */ (message);
    if (isOurs(request)) open.add(request);
  });
  const ended = (/** @type {unknown} */ message) => {
    if (open.delete(/** @type {any} */ (message).request)) last = moment();
  };
  subscribe("http.client.response.finish", ended);
  subscribe("http.client.request.error", ended);
  return {
    begin: () => {
      last = moment();
      return () => last;
    },
    pending: () => open.size,
  };
}

module.exports = { watchRequests, watchTree };
