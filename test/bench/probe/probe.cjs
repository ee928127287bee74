// Runs in the extension host beside the extension that is measured.
const { appendFileSync } = require("node:fs");
const vscode = require("vscode");

exports.activate = async () => {
  const { PROBE_EXTENSION: id = "", PROBE_REPORT: report = "" } = process.env;
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
