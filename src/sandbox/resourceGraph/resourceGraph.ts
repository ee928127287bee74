import type { Call, RouteTable } from "../call.ts";
import { arm, refuse, type Refusal } from "../errors.ts";
import { list, ok, type Reply } from "../http.ts";
import { at, type Json, type JsonObject, listAt, textAt } from "../json.ts";
import { ours } from "../ours.ts";
import type { Indexed } from "./lag.ts";
import { runQuery, type Table } from "./query.ts";
import { tablesOf } from "./tables.ts";
import { QueryError } from "./tokens.ts";

const defaultTop = 100;
const largestTop = 1000;

/** Resource Graph's answer to a query that it cannot parse; what is wrong with the token is in our words. */
function invalidQuery(call: Call, query: string, { at: position, token, message }: QueryError): Refusal {
  const before = query.slice(0, position).split("\n");
  return refuse(
    400,
    "BadRequest",
    `Please provide below info when asking for support: timestamp = ${call.clock.instant}, correlationId = ${call.request.headers["x-ms-correlation-request-id"] ?? ""}.`,
    {
      details: [
        {
          code: "InvalidQuery",
          message:
            "Query is invalid. Please refer to the documentation for the Azure Resource Graph service and fix the error before retrying.",
        },
        {
          code: "ParserFailure",
          message: `ParserFailure: '${token}' ${message}`,
          line: before.length,
          characterPositionInLine: before.at(-1)?.length ?? 0,
          token,
        },
      ],
    },
  );
}

function run(call: Call, state: Indexed, query: string, subscriptionIds: readonly string[]): Table {
  try {
    return runQuery(query, tablesOf(state, subscriptionIds));
  } catch (error) {
    if (QueryError.is(error)) throw invalidQuery(call, query, error);
    throw error;
  }
}

/** The number of an option that must be a whole one from `least` to `most`. */
function option(body: JsonObject, name: string, absent: number, least: number, most: number): number {
  const value = at(body, "options", name) ?? absent;
  if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return value;
  throw arm.malformedBody(`options.${name} must be a whole number from ${least} to ${most}`);
}

function offsetOf(body: JsonObject): number {
  const token = textAt(body, "options", "$skipToken");
  if (token === undefined) return option(body, "$skip", 0, 0, Number.MAX_SAFE_INTEGER);
  const offset = /^sandbox-(\d+)$/.exec(token)?.[1];
  if (offset === undefined) throw ours.invalidSkipToken(token);
  return Number(offset);
}

/** Rows as `resultFormat` wants them: objects, or a table of columns and rows. */
function dataOf({ columns, rows }: Table, format: string): Json {
  if (format.toLowerCase() !== "table") return rows.map((row): JsonObject => row);
  const names = [...columns];
  const typeOf = (name: string): string => {
    const sample = rows.find((row) => row[name] !== null && row[name] !== undefined)?.[name];
    if (typeof sample === "number") return "integer";
    return typeof sample === "boolean" ? "boolean" : typeof sample === "object" ? "object" : "string";
  };
  return {
    columns: names.map((name) => ({ name, type: typeOf(name) })),
    rows: rows.map((row) => names.map((name) => row[name] ?? null)),
  };
}

function query(call: Call, state: Indexed): Reply {
  const body = call.body();
  const text = textAt(body, "query");
  if (text === undefined) throw arm.malformedBody("query is missing");
  const subscriptionIds = listAt(body, "subscriptions").filter((id) => typeof id === "string");
  const result = run(call, state, text, subscriptionIds);
  const offset = offsetOf(body);
  const end = offset + option(body, "$top", defaultTop, 1, largestTop);
  const rows = result.rows.slice(offset, end);
  const more = end < result.rows.length;
  // Without the id among the columns there is no way to the next page.
  const paged = more && result.columns.has("id");
  return ok(
    {
      totalRecords: result.rows.length,
      count: rows.length,
      resultTruncated: more && !paged ? "true" : "false",
      ...(paged && { $skipToken: `sandbox-${end}` }),
      data: dataOf({ ...result, rows }, textAt(body, "options", "resultFormat") ?? "objectArray"),
      facets: [],
    },
    {
      "x-ms-user-quota-remaining": "14",
      "x-ms-user-quota-resets-after": "00:00:05",
      "x-ms-resource-graph-request-duration": "0:00:00:00.0421",
    },
  );
}

/**
 * Microsoft.ResourceGraph: an interpreter of the operators that inventories need, over what the sandbox holds; `known` answers what
 * the index knows of it.
 */
export const resourceGraphRoutes = (known: (call: Call) => Indexed): RouteTable => ({
  "/providers/Microsoft.ResourceGraph/resources": { POST: (call) => query(call, known(call)) },
  "/providers/Microsoft.ResourceGraph/operations": { GET: () => list([]) },
});
