// Who may import whom in src/, as data. `house.ts` makes lint rules of it.

/** What a room may import from the others; a room not named here does not exist. */
export interface Room {
  /** Rooms whose values and types it may use. */
  readonly uses: readonly string[];
  /** Rooms of which it may use types only. */
  readonly names?: readonly string[];
  /** Rooms that it may load on demand, through their `door.ts`. */
  readonly loads?: readonly string[];
  /** npm packages that its modules may import; `vscode` and Node's own modules are looked at apart. */
  readonly packages?: readonly string[];
}

const everything = [
  "core",
  "telemetry",
  "azure",
  "sandbox",
  "fleet",
  "ui",
  "tree",
  "flows",
  "report",
  "commands",
];

/** `extension` stands for src/extension.ts. */
export const rooms: Readonly<Record<string, Room>> = {
  core: { uses: [], packages: ["temporal-polyfill", "windows-iana"] },
  sandbox: { uses: [], packages: ["@azure/core-rest-pipeline"] },
  telemetry: { uses: ["core"], packages: ["@vscode/extension-telemetry"] },
  azure: {
    uses: ["core"],
    packages: [
      "@azure-rest/core-client",
      "@azure/arm-compute",
      "@azure/core-auth",
      "@azure/core-rest-pipeline",
      "@microsoft/vscode-azext-azureauth",
    ],
  },
  fleet: { uses: ["core"], names: ["azure"] },
  ui: { uses: ["core", "telemetry"] },
  tree: { uses: ["core", "fleet", "ui"] },
  export: { uses: ["core"] },
  flows: { uses: ["core", "export", "ui"], names: ["fleet", "azure"] },
  report: { uses: ["core", "ui"], names: ["fleet"] },
  // What runs in a web view's page, in a browser: of the report's modules only those that are pure.
  "report/web": { uses: ["core", "report"] },
  commands: { uses: everything, names: ["export"], loads: ["export"] },
  extension: { uses: everything },
};

/** Modules that may know `vscode`: files, or whole rooms. */
export const knowVSCode = [
  "extension",
  "commands/",
  "tree/",
  "ui/",
  "telemetry/",
  "flows/face/",
  "azure/accounts/auth",
  "azure/accounts/cloud",
];

/**
 * The rooms that are loaded on demand, as a file of their own, and that file's entry module. Others reach their values
 * through `door.ts` alone, the one module that imports the entry, dynamically.
 */
export const lazyRooms: Readonly<Record<string, string>> = {
  azure: "azure/arm",
  sandbox: "sandbox/sandbox",
  flows: "flows/flows",
  report: "report/report",
};

/** Entry modules of files loaded on demand whose rooms also have modules for everyone. */
export const lazyEntries: readonly string[] = [
  ...Object.values(lazyRooms),
  "telemetry/telemetry",
  "commands/commands",
  "fleet/saved/savedFleets",
  "export/code/exportPlan",
];

/** Modules of the report that its page's script shares with it; all others it may only name the types of. */
export const sharedWithPages: readonly string[] = ["report/fleet/table"];

/** Rooms in which there is no Node. */
export const withoutNode: readonly string[] = ["core", "report/web"];

/** Heavy packages, and the only modules or rooms that may import their values. */
export const heavyPackages: Readonly<Record<string, readonly string[]>> = {
  "@azure/arm-compute": ["azure/"],
  "@microsoft/vscode-azext-azureauth": ["azure/accounts/auth", "azure/accounts/cloud"],
  "@vscode/extension-telemetry": ["telemetry/telemetry"],
  "temporal-polyfill": ["core/windows/"],
  "windows-iana": ["core/windows/"],
};
