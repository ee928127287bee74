// `npm run watch`: builds for development again at every change, until interrupted.
import * as esbuild from "esbuild";
import { bundles, pageScripts } from "../build/bundles.ts";
import { atEnd } from "../bootstrap/cleanup.mjs";
import { noNames, task } from "../lib/task.ts";

const usage = "npm run watch";

/** Lines for the problem matcher of .vscode/tasks.json, which waits for the first build. */
const announcements: esbuild.Plugin = {
  name: "announcements",
  setup(build) {
    build.onStart(() => console.log("[watch] build started"));
    build.onEnd(() => console.log("[watch] build finished"));
  },
};

await task(usage, {}, async (_, names) => {
  noNames(usage, names);
  const options = bundles("development");
  for (const watched of [
    pageScripts("development"),
    { ...options, plugins: [...(options.plugins ?? []), announcements] },
  ]) {
    const context = await esbuild.context(watched);
    atEnd(() => context.dispose());
    await context.watch();
  }
});
