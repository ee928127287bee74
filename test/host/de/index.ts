// The suite of this folder, for a VS Code in German.
export { run } from "../index.ts";
