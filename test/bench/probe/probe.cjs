// Runs in the extension host beside the extension that is measured.
const { appendFileSync } = require("node:fs");
const vscode = require("vscode");

exports.activate = async () => {
  const { PROBE_EXTENSION: id = "", PROBE_REPORT: report = "" } = process.env;
  await atRest();
  await vscode.extensions.getExtension(id)?.activate();
  // VS Code's own marks; internal, hence only for measuring.
  /** @type {{ name: string, startTime: number }[]} */
  const marks = Reflect.get(globalThis, "MonacoPerformanceMarks").getMarks();
  const at = (/** @type {string} */ name) =>
    marks.find((mark) => mark.name === `code/extHost/${name}/${id}`)?.startTime ?? NaN;
  const line = {
    loadMs: at("didLoadExtensionCode") - at("willLoadExtensionCode"),
    activateMs: at("didActivateExtension") - at("willActivateExtension"),
  };
  appendFileSync(report, `${JSON.stringify(line)}\n`);
};

/** Until the start of the window is over: what is measured is the extension, not how many cores its window shares. */
async function atRest() {
  for (let calm = 0; calm < 20;) {
    const began = performance.now();
    await new Promise((resolve) => setTimeout(resolve, 50));
    calm = performance.now() - began < 60 ? calm + 1 : 0;
  }
}
