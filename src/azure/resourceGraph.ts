import { type Client, type ClientOptions, getClient } from "@azure-rest/core-client";
import type { TokenCredential } from "@azure/core-auth";
import { at, type Json, textAt } from "../core/json.ts";
import { message } from "../core/message.ts";
import { AzureError } from "./errors.ts";

const apiVersion = "2024-04-01";

/** How many rows one answer has at most: https://learn.microsoft.com/azure/governance/resource-graph/concepts/work-with-data. */
export const largestPage = 1000;

export interface GraphQuestion {
  readonly query: string;
  readonly subscriptions: readonly string[];
  /** At most `largestPage`. */
  readonly top: number;
  /** Where the rows begin: so many are skipped, or what a token of an answer says. */
  readonly from: number | string;
}

/** A page of rows, each cell as it stands on the wire: the form `table`, which names the columns once and not in every row. */
export interface GraphAnswer {
  /** How many rows the query has in all. */
  readonly total: number;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Json[])[];
  /** What asks for the next page; absent on the last one. */
  readonly skipToken: string | undefined;
}

/** Azure Resource Graph: one call. The pipeline minds its quota (`GraphQuota`). */
export class ResourceGraph {
  readonly #client: Client;

  constructor(credential: TokenCredential, options: ClientOptions & { readonly endpoint: string }) {
    this.#client = getClient(options.endpoint, credential, options);
  }

  /**
   * Throws AzureError, of kind `malformed` too where the answer has rows that nothing leads to: it says `resultTruncated` where it can't
   * be paged, and only there (https://github.com/MicrosoftDocs/azure-docs/issues/50606).
   */
  async query(
    { query, subscriptions, top, from }: GraphQuestion,
    abortSignal: AbortSignal,
  ): Promise<GraphAnswer> {
    const { body, headers } = await this.#client
      .pathUnchecked("/providers/Microsoft.ResourceGraph/resources")
      .post({
        abortSignal,
        queryParameters: { "api-version": apiVersion },
        body: {
          subscriptions,
          query,
          options: {
            $top: top,
            resultFormat: "table",
            ...(typeof from === "string" ? { $skipToken: from } : from > 0 && { $skip: from }),
          },
        },
      });
    if (headers["x-ms-tenant-subscription-limit-hit"]?.toLowerCase() === "true") throw tooManySubscriptions();
    return answerOf(body);
  }
}

function answerOf(body: unknown): GraphAnswer {
  const total = at(body, "totalRecords");
  const columns = at(body, "data", "columns");
  const rows = at(body, "data", "rows");
  const isTruncated = textAt(body, "resultTruncated")?.toLowerCase() === "true";
  if (typeof total !== "number" || !Array.isArray(columns) || !areRows(rows) || isTruncated) {
    throw new AzureError({
      kind: "malformed",
      summary: message("The answer of Azure Resource Graph does not have the form that Azure documents."),
      wayOut: message("Try again. If it goes on, the log has the request id for Microsoft's support."),
    });
  }
  return {
    total,
    columns: columns.map((column) => textAt(column, "name") ?? ""),
    rows,
    skipToken: textAt(body, "$skipToken"),
  };
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
    summary: message("Azure Resource Graph does not answer for all of so many subscriptions."),
  });
}
