import { createRequire } from "node:module";

/** The little that is used of Microsoft's language service, which is a .NET library turned into scripts with global names. */
interface Kusto {
  readonly Language: {
    readonly GlobalState: { readonly Default: { WithDatabase(database: object): object } };
    readonly KustoCode: {
      ParseAndAnalyze(
        query: string,
        globals: object,
      ): { GetDiagnostics(): List<{ Code: string; Message: string }> };
    };
    readonly Symbols: {
      readonly ScalarTypes: { readonly String: object; readonly Dynamic: object };
      readonly ColumnSymbol: new (name: string, type: object) => object;
      readonly TableSymbol: { readonly $ctor4: new (name: string, columns: readonly object[]) => object };
      readonly DatabaseSymbol: { readonly ctor: new (name: string, members: readonly object[]) => object };
    };
  };
}

interface List<T> {
  readonly Count: number;
  getItem(index: number): T;
}

/**
 * The columns of the tables as Microsoft documents them:
 * https://learn.microsoft.com/azure/governance/resource-graph/concepts/query-language, and the portal's schema of each table.
 */
const texts = "id name type tenantId kind location resourceGroup subscriptionId managedBy".split(" ");
const objects = "sku plan properties tags identity zones extendedLocation".split(" ");
const tables = ["resources", "resourcecontainers", "maintenanceresources"];

function loaded(): Kusto["Language"] {
  const load = createRequire(import.meta.url);
  load("@kusto/language-service-next/bridge.min.js");
  load("@kusto/language-service-next/Kusto.Language.Bridge.min.js");
  return (globalThis as unknown as { readonly Kusto: Kusto }).Kusto.Language;
}

/** What Microsoft's own parser of KQL has to say of queries over Resource Graph's tables: nothing of a good one. */
export function kusto(): (query: string) => readonly string[] {
  const { GlobalState, KustoCode, Symbols } = loaded();
  const { ScalarTypes, ColumnSymbol, TableSymbol, DatabaseSymbol } = Symbols;
  const columns = [
    ...texts.map((name) => new ColumnSymbol(name, ScalarTypes.String)),
    ...objects.map((name) => new ColumnSymbol(name, ScalarTypes.Dynamic)),
  ];
  const members = tables.map((name) => new TableSymbol.$ctor4(name, columns));
  const globals = GlobalState.Default.WithDatabase(new DatabaseSymbol.ctor("ResourceGraph", members));
  return (query) => {
    const found = KustoCode.ParseAndAnalyze(query, globals).GetDiagnostics();
    return Array.from({ length: found.Count }, (_, index) => {
      const { Code, Message } = found.getItem(index);
      return `${Code} ${Message}`;
    });
  };
}
