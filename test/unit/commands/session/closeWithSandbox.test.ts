import assert from "node:assert/strict";
import { registerHooks } from "node:module";
import { test } from "node:test";
import { Emitter } from "../../../../src/core/emitter.ts";
import type { Page } from "../../../../src/ui/pages.ts";

/** Keeps the editors that are open, in place of VS Code. */
const standIn = `
  export const open = [];
  const close = (one) => { if (open.includes(one)) open.splice(open.indexOf(one), 1); };
  const nothing = () => ({ dispose() {} });
  export class TabInputText { constructor(uri) { this.uri = uri; } }
  export class TabInputTextDiff { constructor(original, modified) { this.original = original; this.modified = modified; } }
  export class EventEmitter { event = nothing; fire() {} dispose() {} }
  export class CodeLens {} export class Range {}
  export const Disposable = { from: (...all) => ({ dispose: () => all.forEach((one) => one.dispose()) }) };
  export const ViewColumn = { Active: -1 };
  export const Uri = { from: ({ scheme, path }) => ({ path, toString: () => scheme + ":" + path }) };
  export const commands = {
    registerCommand: nothing,
    executeCommand: async (_, left, right, label) => void open.push({ label, input: new TabInputTextDiff(left, right) }),
  };
  export const languages = { registerCodeLensProvider: nothing };
  export const workspace = {
    registerTextDocumentContentProvider: nothing,
    onDidCloseTextDocument: nothing,
    openTextDocument: async (uri) => ({ uri }),
  };
  export const window = {
    showTextDocument: async ({ uri }) => void open.push({ label: uri.path, input: new TabInputText(uri) }),
    tabGroups: { get all() { return [{ tabs: [...open] }]; }, close: async (tabs) => tabs.forEach(close) },
    createWebviewPanel: () => {
      const tab = { label: "page", input: {} };
      const listeners = [];
      open.push(tab);
      return {
        visible: false,
        webview: {},
        reveal() {},
        onDidChangeViewState: nothing,
        onDidDispose: (listener) => void listeners.push(listener),
        dispose: () => { close(tab); listeners.forEach((listener) => listener()); },
      };
    },
  };
`;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "vscode"
      ? { url: `data:text/javascript,${encodeURIComponent(standIn)}`, shortCircuit: true }
      : next(specifier, context),
});
const { open, TabInputText } = (await import("vscode")) as unknown as {
  readonly open: { readonly label: string; readonly input: unknown }[];
  readonly TabInputText: new (uri: string) => object;
};
const { closeWithSandbox } = await import("../../../../src/commands/session/closeWithSandbox.ts");
const { Documents } = await import("../../../../src/ui/documents.ts");
const { Pages } = await import("../../../../src/ui/pages.ts");

test("what was opened in the sandbox is closed once it is left, and what was opened in Azure stays", async () => {
  const changes = new Emitter();
  const session = { origin: "azure" as "none" | "azure" | "sandbox", onDidChange: changes.event };
  let closing = Promise.resolve();
  const runner = { inBackground: (_: string, work: () => Promise<void>) => void (closing = work()) };
  const isSandbox = () => session.origin === "sandbox";
  const [documents, pages] = [new Documents(isSandbox), new Pages(runner as never, isSandbox)];
  closeWithSandbox({ session: session as never, runner, opened: [pages, documents] });
  const enter = (origin: typeof session.origin) => {
    session.origin = origin;
    changes.fire();
    return closing;
  };
  const show = async (name: string) => {
    await documents.showJson(`${name}-text`, {});
    await documents.compareJson(`${name}-both`, `/${name}-both`, [{}, {}]);
    const page = { key: name, commands: [], follow: () => ({ dispose: () => undefined }) };
    pages.show(page as unknown as Page);
  };
  const labels = () => open.map(({ label }) => label);

  open.push({ label: "own", input: new TabInputText("file:///own") });
  await show("azure");
  const before = labels();
  await enter("none");
  await enter("sandbox");
  await show("sandbox");
  await enter("sandbox");
  assert.deepEqual(labels(), [...before, "/sandbox-text.json", "/sandbox-both", "page"]);
  await enter("none");
  assert.deepEqual(labels(), before);
});
