import { basename, join, resolve } from "node:path";
import type { BuildOptions, Plugin } from "esbuild";
import { root } from "../bootstrap/paths.mjs";

/**
 * The files of the extension: the first is loaded at activation, the others on demand, since a lazy part inside one file
 * still costs its parsing.
 */
const entries = [
  "src/extension.ts",
  "src/commands/commands.ts",
  "src/azure/arm.ts",
  "src/sandbox/sandbox.ts",
  "src/telemetry/telemetry.ts",
  "src/flows/flows.ts",
  "src/report/report.ts",
  "src/fleet/saved/savedFleets.ts",
  "src/export/code/exportPlan.ts",
];

/** Where all of them are. */
export const dist = join(root, "dist");

/** The environment variable with the connection string that a release sends telemetry to; without it nothing is sent. */
const telemetryKey = "SCALE_SET_MAINTENANCE_TELEMETRY_KEY";

/** Source maps and readable code for development; neither in what is packaged. */
export type Mode = "release" | "development";

/** What esbuild builds. */
export function bundles(mode: Mode): BuildOptions {
  const files = entries.map((entry) => join(root, entry));
  return {
    entryPoints: Object.fromEntries(files.map((file) => [basename(file, ".ts"), file])),
    outdir: dist,
    outExtension: { ".js": ".cjs" },
    bundle: true,
    platform: "node",
    target: "node22",
    format: "cjs",
    mainFields: ["module", "main"], // of the libraries without an export map the ES modules, whose unused parts fall away
    supported: { "dynamic-import": false }, // becomes require: the way every VS Code of the range gives `vscode` to a file
    // @azure/identity is reached only by azureauth's provider for Azure DevOps pipelines, which is not used.
    external: ["vscode", "@azure/identity"],
    define: {
      [telemetryKey]: JSON.stringify(process.env[telemetryKey] ?? ""),
      "process.env.NODE_ENV": '"production"', // windows-iana brings its data twice, and this keeps one of them
    },
    plugins: [doors(new Set(files)), oneEditor],
    minify: mode === "release",
    sourcemap: mode === "development",
    legalComments: "none",
    logLevel: "warning",
  };
}

/** What the pages run inside their web views: scripts for a browser, which VS Code brings along, each a file of its own. */
export function pageScripts(mode: Mode): BuildOptions {
  return {
    entryPoints: { fleetReport: join(root, "src", "report", "web", "fleetReport.ts") },
    outdir: dist,
    bundle: true,
    platform: "browser",
    target: "chrome138", // of the oldest VS Code that is supported
    format: "iife",
    minify: mode === "release",
    sourcemap: mode === "development" ? "inline" : false, // the page fetches nothing, no map either
    legalComments: "none",
    logLevel: "warning",
  };
}

/** Turns a dynamic import of an entry point into one of the file beside this one that it is built to. */
function doors(files: ReadonlySet<string>): Plugin {
  return {
    name: "doors",
    setup(build) {
      build.onResolve({ filter: /^\.{1,2}\// }, ({ kind, path, resolveDir }) => {
        const file = resolve(resolveDir, path);
        if (kind !== "dynamic-import" || !files.has(file)) return undefined;
        return { path: `./${basename(file, ".ts")}.cjs`, external: true };
      });
    },
  };
}

/**
 * Lets the modules of a file share one import of `vscode`: esbuild alone gives each module that imports it a copy of the
 * whole API, name by name, which took half of the time that the first file was loaded in.
 */
const oneEditor: Plugin = {
  name: "one-editor",
  setup(build) {
    build.onResolve({ filter: /^vscode$/ }, ({ kind, namespace, path }) =>
      kind === "import-statement" && namespace === "file" ? { path, namespace: "one-editor" } : undefined,
    );
    build.onLoad({ filter: /^/, namespace: "one-editor" }, ({ path }) => ({
      contents: `export * from ${JSON.stringify(path)};`,
    }));
  },
};
