import { hash } from "node:crypto";
import {
  createHttpHeaders,
  createPipelineRequest,
  type HttpClient,
  type Pipeline,
} from "@azure/core-rest-pipeline";
import { at, type Json, textAt } from "../../core/resources/json.ts";
import { message } from "../../core/text/message.ts";
import { jsonOf } from "../errors/errorBody.ts";
import { AzureError } from "../errors/errors.ts";
import type { Inflated } from "../http/inflation.ts";

const apiVersion = "2024-04-01";

/** How many rows one answer has at most: https://learn.microsoft.com/azure/governance/resource-graph/concepts/work-with-data. */
export const maxPageRows = 1000;

export interface GraphQuestion {
  readonly query: string;
  readonly subscriptions: readonly string[];
  /** At most `maxPageRows`. */
  readonly top: number;
  /** Where the rows begin: so many are skipped, or what a token of an answer says. */
  readonly from: number | string;
}

/** An answer whose rows are not read yet: how many there are is known before, so that the other pages can be asked for meanwhile. */
export interface GraphAnswer {
  /** How many rows the query has in all. */
  readonly total: number;
  /** The same for answers that are the same word for word, and for no others. */
  readonly digest: string;
  /** Reads the rows. Throws AzureError where the answer does not have the form that Azure documents. */
  page(): GraphPage;
}

/** A page of rows, each cell as it stands on the wire: the form `table`, which names the columns once and not in every row. */
export interface GraphPage {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Json[])[];
  /** What asks for the next page; absent on the last one. */
  readonly skipToken: string | undefined;
}

export interface ResourceGraphOptions {
  readonly endpoint: string;
  /** It minds the quota (`GraphQuota`). */
  readonly pipeline: Pipeline;
  readonly httpClient: HttpClient;
}

/** Azure Resource Graph: one call. */
export class ResourceGraph {
  readonly #url: string;
  readonly #pipeline: Pipeline;
  readonly #httpClient: HttpClient;

  constructor({ endpoint, pipeline, httpClient }: ResourceGraphOptions) {
    this.#url = `${endpoint}/providers/Microsoft.ResourceGraph/resources?api-version=${apiVersion}`;
    this.#pipeline = pipeline;
    this.#httpClient = httpClient;
  }

  /** Throws AzureError, of kind `malformed` too where the answer is none. */
  async query(
    { query, subscriptions, top, from }: GraphQuestion,
    abortSignal: AbortSignal,
  ): Promise<GraphAnswer> {
    const start = typeof from === "string" ? { $skipToken: from } : from > 0 && { $skip: from };
    const request = createPipelineRequest({
      url: this.#url,
      method: "POST",
      abortSignal,
      headers: createHttpHeaders({ accept: "application/json", "content-type": "application/json" }),
      body: JSON.stringify({
        subscriptions,
        query,
        options: { $top: top, resultFormat: "table", ...start },
      }),
    });
    const response: Inflated = await this.#pipeline.sendRequest(this.#httpClient, request);
    const { headers, bytes = Buffer.from(response.bodyAsText ?? "") } = response;
    if (headers.get("x-ms-tenant-subscription-limit-hit")?.toLowerCase() === "true")
      throw tooManySubscriptions();
    // It is the first member; wherever it stands, the whole answer tells.
    const counted = /^\s*\{\s*"totalRecords"\s*:\s*(\d+)/.exec(bytes.toString("latin1", 0, 100))?.[1];
    return {
      total: counted === undefined ? totalOf(jsonOf(bytes.toString())) : Number(counted),
      digest: hash("sha256", bytes),
      page: () => pageOf(jsonOf(bytes.toString()), from),
    };
  }
}

function totalOf(body: unknown): number {
  const total = at(body, "totalRecords");
  if (typeof total !== "number") throw unexpectedForm();
  return total;
}

/**
 * Throws where there are rows that nothing leads to: an answer says `resultTruncated` where it can't be paged
 * (https://github.com/MicrosoftDocs/azure-docs/issues/50606). It says so too where nothing is missing (FACTS §9.5): with all rows there, or a
 * token for the next ones, it is whole.
 */
function pageOf(body: unknown, from: number | string): GraphPage {
  const columns = at(body, "data", "columns");
  const rows = at(body, "data", "rows");
  if (!Array.isArray(columns) || !areRows(rows)) throw unexpectedForm();
  const skipToken = textAt(body, "$skipToken");
  const isTruncated = textAt(body, "resultTruncated")?.toLowerCase() === "true";
  const isWhole = typeof from === "number" && from + rows.length >= totalOf(body);
  if (isTruncated && !isWhole && skipToken === undefined) throw unexpectedForm();
  return {
    columns: columns.map((column) => textAt(column, "name") ?? ""),
    rows,
    skipToken,
  };
}

/** For an answer that lacks what the query asks for. */
export function unexpectedForm(): AzureError {
  return new AzureError({
    kind: "malformed",
    summary: message("Azure's answer doesn't have the documented form."),
    wayOut: message("Try again. If it keeps failing, give Microsoft support the request ID from the log."),
  });
}

function areRows(value: Json | undefined): value is readonly (readonly Json[])[] {
  return Array.isArray(value) && value.every(Array.isArray);
}

/**
 * A caller with more than 10,000 subscriptions in the scope of a query gets an answer for the first of them
 * (https://learn.microsoft.com/azure/governance/resource-graph/concepts/guidance-for-throttled-requests): what it lacks is not known.
 */
function tooManySubscriptions(): AzureError {
  return new AzureError({
    kind: "validation",
    code: "TenantSubscriptionLimitHit",
    summary: message("Azure Resource Graph can't answer for so many subscriptions."),
  });
}
