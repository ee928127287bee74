import type { Call, RouteTable } from "../http/call.ts";
import { arm, refuse, type Refusal } from "../http/errors.ts";
import { list, type Reply } from "../http/http.ts";
import { at, type Json, type JsonObject, listAt, textAt } from "../json.ts";
import { ours } from "../http/ours.ts";
import type { GraphIndex } from "./graphIndex.ts";
import { Queries, type Result } from "./queries.ts";
import { QueryError } from "./tokens.ts";
import type { Row } from "./values.ts";

const defaultTop = 100;
const maxTop = 1000;

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

/** The subscriptions that were asked for, of those that the caller sees; all of them where none were named. */
function subscriptionsOf(call: Call, body: JsonObject): readonly string[] {
  const { subscriptions } = call.state;
  const wanted = listAt(body, "subscriptions").filter((id) => typeof id === "string");
  if (wanted.length === 0) return [...subscriptions.keys()];
  return [...new Set(wanted.map((id) => id.toLowerCase()))].filter((id) => subscriptions.has(id));
}

function run(call: Call, queries: Queries, index: GraphIndex, query: string, body: JsonObject): Result {
  try {
    return queries.run(index, query, subscriptionsOf(call, body));
  } catch (error) {
    if (QueryError.is(error)) throw invalidQuery(call, query, error);
    throw error;
  }
}

/** The number of an option that must be a whole one from `min` to `max`. */
function option(body: JsonObject, name: string, absent: number, min: number, max: number): number {
  const value = at(body, "options", name) ?? absent;
  if (typeof value === "number" && Number.isInteger(value) && value >= min && value <= max) return value;
  throw arm.malformedBody(`options.${name} must be a whole number from ${min} to ${max}`);
}

function offsetOf(body: JsonObject): number {
  const token = textAt(body, "options", "$skipToken");
  if (token === undefined) return option(body, "$skip", 0, 0, Number.MAX_SAFE_INTEGER);
  const offset = /^sandbox-(\d+)$/.exec(token)?.[1];
  if (offset === undefined) throw ours.invalidSkipToken(token);
  return Number(offset);
}

const typeNames = {
  string: "string",
  bool: "boolean",
  long: "integer",
  real: "number",
  dynamic: "object",
} as const;

/** Rows as `resultFormat` wants them: objects, or a table of columns and rows. */
function dataOf({ columns }: Result, rows: readonly Row[], format: string): Json {
  const values = rows.map((row) => row.map((value) => value ?? null));
  if (format.toLowerCase() === "table") {
    return { columns: columns.map(({ name, type }) => ({ name, type: typeNames[type] })), rows: values };
  }
  return values.map((row) => Object.fromEntries(columns.map(({ name }, place) => [name, row[place]])));
}

function query(call: Call, queries: Queries, index: GraphIndex): Reply {
  const body = call.body();
  const text = textAt(body, "query");
  if (text === undefined) throw arm.malformedBody("query is missing");
  const result = run(call, queries, index, text, body);
  const offset = offsetOf(body);
  const end = offset + option(body, "$top", defaultTop, 1, maxTop);
  const format = textAt(body, "options", "resultFormat") ?? "objectArray";
  const key = `${offset} ${end} ${format}`;
  const page = result.pages.get(key) ?? JSON.stringify(pageOf(result, offset, end, format));
  result.pages.set(key, page);
  return {
    status: 200,
    text: page,
    headers: { "x-ms-resource-graph-request-duration": "0:00:00:00.0421" },
  };
}

function pageOf(result: Result, offset: number, end: number, format: string): Json {
  const rows = result.rows.slice(offset, end);
  const more = end < result.rows.length;
  // Without the id among the columns there is no way to the next page.
  const paged = more && result.columns.some(({ name }) => name === "id");
  return {
    totalRecords: result.rows.length,
    count: rows.length,
    resultTruncated: more && !paged ? "true" : "false",
    ...(paged && { $skipToken: `sandbox-${end}` }),
    data: dataOf(result, rows, format),
    facets: [],
  };
}

/** Microsoft.ResourceGraph: an interpreter of the operators that inventories need, over what the index knows. */
export function resourceGraphRoutes(index: () => GraphIndex): RouteTable {
  const queries = new Queries();
  return {
    "/providers/Microsoft.ResourceGraph/resources": { POST: (call) => query(call, queries, index()) },
    "/providers/Microsoft.ResourceGraph/operations": { GET: () => list([]) },
  };
}
