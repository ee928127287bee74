import { buffer } from "node:stream/consumers";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { type PipelinePolicy, type PipelineResponse, RestError } from "@azure/core-rest-pipeline";
import { textOfUtf8 } from "./utf8.ts";

const inflated = promisify(gunzip);
/** An answer is inflated into so many bytes at once at most, whatever it says of its size. */
const maxChunkBytes = 2 ** 25;
/** Without some room to spare a second piece is made, to find that there is no more. */
const spareBytes = 64;

/**
 * Asks for compressed answers, and inflates each as a whole. The transport inflates what it asks for itself, in pieces of 16 KB which it then puts together:
 * for a page of Resource Graph, of more than a megabyte, that takes nearly as long as to parse it.
 */
export const inflationPolicy: PipelinePolicy = {
  name: "scaleSetMaintenance.inflation",
  async sendRequest(request, next) {
    request.requestOverrides = {
      // Looked at when the transport has completed its own; among those it would see that something is to be inflated.
      get headers() {
        return { ...request.headers.toJSON({ preserveCase: true }), "Accept-Encoding": "gzip" };
      },
    };
    request.streamResponseStatusCodes = new Set([Number.POSITIVE_INFINITY]);
    try {
      const response = await next(request);
      if (response.readableStreamBody !== undefined) {
        response.bodyAsText = await textOf(response, response.readableStreamBody);
        delete response.readableStreamBody;
      }
      return response;
    } finally {
      // For an SDK that sees it the answer would be a stream.
      delete request.streamResponseStatusCodes;
    }
  },
};

/** Throws RestError where the body breaks off, as the transport does; what it was cancelled with where it was. */
async function textOf({ headers, request }: PipelineResponse, body: NodeJS.ReadableStream): Promise<string> {
  try {
    const bytes = await buffer(body);
    if (headers.get("content-encoding")?.toLowerCase() !== "gzip" || bytes.length === 0)
      return textOfUtf8(bytes);
    // The last four bytes are the size of what was compressed: https://www.rfc-editor.org/rfc/rfc1952#page-7.
    const size = bytes.length < 4 ? 0 : bytes.readUInt32LE(bytes.length - 4);
    const whole = await inflated(bytes, { chunkSize: Math.min(size, maxChunkBytes) + spareBytes });
    return textOfUtf8(whole);
  } catch (error) {
    if (error instanceof Error && error.name === "AbortError") throw error;
    const words = error instanceof Error ? error.message : String(error);
    throw new RestError(`The answer can't be read: ${words}`, { code: RestError.PARSE_ERROR, request });
  }
}
