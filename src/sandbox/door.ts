/** The only way into the sandbox: its bundle is loaded when a user opens it. */
export function loadSandbox(): Promise<typeof import("./sandbox.ts")> {
  return import("./sandbox.ts");
}
