import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { associationsQuery } from "../../src/azure/inventory/associatedSets.ts";
import { fleetQuery } from "../../src/azure/inventory/fleetQuery.ts";
import { compile } from "../../src/sandbox/resourceGraph/query.ts";
import { tableNamed } from "../../src/sandbox/resourceGraph/tables.ts";
import { QueryError } from "../../src/sandbox/resourceGraph/tokens.ts";
import { kusto } from "./support/kusto.ts";

/** Every query that the client sends. */
const ours: Readonly<Record<string, string>> = {
  fleetQuery,
  associationsQuery: associationsQuery(
    "/subscriptions/s/resourceGroups/it\\'s/providers/Microsoft.Maintenance/x/mc",
  ),
};

/** Queries that KQL takes, of the operators and functions that the sandbox knows. */
const good = [
  "resources | count",
  "resources // all of them\n| count | where Count > 3",
  "resources | where type =~ 'Microsoft.Compute/virtualMachineScaleSets' | project id, name | order by id asc",
  "resources | where name == 'it\\'s' or name has \"it's\"",
  "resources | where type in~ ('a', 'b') and name !in ('c') and id !has 'x' and name !startswith 'y'",
  "resources | where location in (dynamic(['a', 'b']))",
  "resources | where properties.a == 'x' and properties['a-b'].c[0] =~ 'y' and zones[-1] == '3'",
  "resources | where toint(properties.a) > 3 and tobool(properties.b) and properties.c >= 1.5",
  "resources | where isempty(properties.x) and isnotnull(tags) and isnotempty(name) and isnull(toint(name))",
  "resources | where iff(isempty(name), true, false) or not(name contains 'x')",
  "resources | where array_length(zones) == 3 and strlen(name) > -1",
  "resources | extend a = bag_pack('a', name), b = pack_array(1, name), c = pack('a', 1)",
  "resources | extend a = strcat_array(split(name, '-'), '')",
  "resources | extend d = dynamic({'a': [1, -2.5, null, true]}) | project d.a[0]",
  "resources | extend a = coalesce(properties.a, properties.b), b = coalesce(name, '')",
  "resources | extend a = case(name == 'x', 1, name == 'y', 2, 3), b = strcat(name, 1, tags)",
  "resources | extend x = parse_json(name).y, z = todynamic(name), s = split(name, '/')[0]",
  "resources | project properties.a.b, tags['env'], zones[0] | project properties_a_b, tags_env, zones_0",
  "resources | project tostring(properties.a), tolower(name), toint(properties.b) | project properties_a, Column1, properties_b",
  "resources | project id, name | project-away id | distinct *",
  "resources | distinct type, location | sort by type desc, location asc nulls last | limit 5",
  "resources | summarize count(), make_list(properties.a), take_any(properties.a), min(tolower(name)), any(name) | project count_, list_properties_a, properties_a, min_, any_name",
  "resources | summarize make_list(bag_pack('a', id)), dcount(name), countif(name == 'x'), make_set(type) by subscriptionId, tolower(type) | project Column1, list_, dcount_name, countif_, set_type",
  "resources | summarize by type",
  "resources | join (maintenanceresources) on id | project id1, name1",
  "resources | join kind=leftouter (maintenanceresources | project key = name) on $left.id == $right.key | project key",
  "resources | join kind=inner resourcecontainers on subscriptionId | count",
  "resources | join kind=fullouter (resources | project id, id1 = name, name) on id, name | project id2",
  "resources | union (maintenanceresources | project id, name) | project id",
  "resources | project id | union (resources | project id = 1) | project id_string, id_long",
  "resources | union kind=inner (resources | project id, name) | project name",
  "resources | mv-expand zones | where zones == '1'",
  "resources | mv-expand z = properties.list to typeof(string) limit 5 | where z == '1'",
  "resources | mv-expand properties.list | project properties_list.a",
] as const;

/** Queries that KQL refuses. */
const bad = [
  "",
  "machines | count",
  "resources where name == 'x'",
  "resources | fold id",
  "resources | WHERE name == 'x'",
  "resources | where",
  "resources | where name",
  "resources | where properties.a",
  "resources | where (name == 'x'",
  "resources | where name == 'x' |",
  "resources | where name == 'x",
  "resources | where name == 'x' && id == 'y'",
  "resources | where NAME == 'x'",
  "resources | where name ~ 'x'",
  "resources | where name > 'a'",
  "resources | where properties.a > 'x'",
  "resources | where name contains 1",
  "resources | where name == null",
  "resources | where name in~ ()",
  "resources | where name.a == 'x'",
  "resources | where tostring(properties.a)[0] == 'x'",
  "resources | where not(name)",
  "resources | where lower(name) == 'x'",
  "resources | project colour",
  "resources | project id, id",
  "resources | project id,",
  "resources | project tolower()",
  "resources | project-away id, colour",
  "resources | extend a = 1, b = a",
  "resources | extend a == 3",
  "resources | extend a = bag_pack('a', 1, 'b')",
  "resources | extend a = bag_pack(1, name)",
  "resources | extend a = pack_array()",
  "resources | extend a = strcat_array(name, '-')",
  "resources | extend a = strcat_array(split(name, '-'))",
  "resources | extend a = case(true, name)",
  "resources | extend a = iff(name, 1, 3)",
  "resources | extend a = coalesce(name, properties.x)",
  "resources | extend a = array_length(name)",
  "resources | extend a = dynamic({a: 1})",
  "resources | order by properties",
  "resources | order by properties.a",
  "resources | order by name foo",
  "resources | distinct properties",
  "resources | summarize count() by properties",
  "resources | summarize count() by tostring(properties.x), properties.y",
  "resources | summarize a = count(), a = count()",
  "resources | summarize name by type",
  "resources | summarize sum(name)",
  "resources | take 5.5",
  "resources | take many",
  "resources | join kind=left (maintenanceresources) on id",
  "resources | join (maintenanceresources) on colour",
  "resources | join (maintenanceresources | project id = toint(id)) on id",
  "resources | join kind=inner (maintenanceresources on id",
  "resources | mv-expand name",
] as const;

const inOneLine = (query: string): string => query.replaceAll("\n", " ⏎ ");

function taken(query: string): boolean {
  try {
    compile(query, tableNamed);
    return true;
  } catch (error) {
    if (QueryError.is(error)) return false;
    throw error;
  }
}

describe("queries of Resource Graph, as Microsoft's own parser of KQL reads them", () => {
  let diagnose: ReturnType<typeof kusto>;
  before(() => {
    diagnose = kusto();
  });

  for (const [name, query] of Object.entries(ours)) {
    it(`has nothing to say of ${name}`, () => {
      assert.deepEqual(diagnose(query), []);
      assert.ok(taken(query));
    });

    it(`complains of ${name} when it is broken`, () => {
      const broken = [
        query.replace("project", "projekt"),
        query.replace("properties", "propertys"),
        query.replace(/\)(?=[^)]*$)/, ""),
        query.replace("resources", "machines"),
        query.replace(/order by \w+/, "order by sku"),
      ];
      for (const text of broken) {
        assert.notEqual(text, query);
        assert.notDeepEqual(diagnose(text), [], text);
        assert.ok(!taken(text), text);
      }
    });
  }

  it("sees every query that there is: none stands in another file of the client", () => {
    const root = fileURLToPath(new URL("../../src/", import.meta.url));
    const files = globSync("**/*.ts", { cwd: root })
      .filter((file) => !file.startsWith("sandbox"))
      .filter((file) => /\|\s*(where|project|summarize|join)\b/.test(readFileSync(`${root}${file}`, "utf8")));
    assert.deepEqual(files, ["azure/inventory/associatedSets.ts", "azure/inventory/fleetQuery.ts"]);
  });

  for (const query of good) {
    it(`and the sandbox take ${inOneLine(query)}`, () => {
      assert.deepEqual(diagnose(query), []);
      assert.ok(taken(query));
    });
  }

  for (const query of bad) {
    it(`and the sandbox refuse ${inOneLine(query)}`, () => {
      assert.ok(!taken(query));
      // The language service takes a file without any query in it.
      if (query !== "") assert.notDeepEqual(diagnose(query), []);
    });
  }
});
