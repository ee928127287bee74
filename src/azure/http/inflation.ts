import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { type PipelinePolicy, type PipelineResponse, RestError } from "@azure/core-rest-pipeline";
import { message } from "../../core/text/message.ts";
import { AzureError, isAzureError } from "../errors/errors.ts";

const inflated = promisify(gunzip);
/** Without some room to spare a second piece is made, to find that there is no more. */
const spareBytes = 64;
/**
 * No answer is read beyond this size, compressed or not: the largest of Azure's are pages of Resource Graph, of at most 16 MB
 * (https://github.com/Azure/cosmos-explorer/pull/1877), and 0.4 MB of gzip can hold gigabytes.
 */
export const maxAnswerBytes = 2 ** 26;

/** An answer as it comes from the policy. */
export interface Inflated extends PipelineResponse {
  /** Its body. The text of it is made when somebody asks for that: of a page of Resource Graph that came before nobody does. */
  readonly bytes?: Buffer;
}

/**
 * Asks for compressed answers, and inflates each as a whole. The transport inflates what it asks for itself, in pieces of 16 KB which it then puts together:
 * for a page of Resource Graph, of more than a megabyte, that takes nearly as long as to parse it.
 */
export const inflationPolicy: PipelinePolicy = {
  name: "scaleSetMaintenance.inflation",
  async sendRequest(request, next) {
    request.requestOverrides = {
      // Not among the request's own, where the transport would see that something is to be inflated.
      headers: { ...request.headers.toJSON({ preserveCase: true }), "Accept-Encoding": "gzip" },
    };
    request.streamResponseStatusCodes = new Set([Number.POSITIVE_INFINITY]);
    try {
      const response = await next(request);
      if (response.readableStreamBody !== undefined) {
        const bytes = await inflatedOf(response, response.readableStreamBody);
        delete response.readableStreamBody;
        let text: string | undefined;
        const bodyAsText = { enumerable: true, get: () => (text ??= bytes.toString()) };
        return Object.defineProperties<Inflated>(response, { bytes: { value: bytes }, bodyAsText });
      }
      return response;
    } finally {
      // For an SDK that sees it the answer would be a stream.
      delete request.streamResponseStatusCodes;
    }
  },
};

/**
 * Throws RestError where the body breaks off, as the transport does; what it was cancelled with where it was; AzureError where there is
 * too much of it, which is then not asked for again.
 */
async function inflatedOf(
  { headers, request }: PipelineResponse,
  body: NodeJS.ReadableStream,
): Promise<Buffer> {
  try {
    const bytes = await bytesOf(body, request.url);
    if (headers.get("content-encoding")?.toLowerCase() !== "gzip" || bytes.length === 0) return bytes;
    // The last four bytes are the size of what was compressed: https://www.rfc-editor.org/rfc/rfc1952#page-7.
    const size = bytes.readUInt32LE(bytes.length - 4);
    const chunkSize = Math.min(size, maxAnswerBytes) + spareBytes;
    return await inflated(bytes, { chunkSize, maxOutputLength: maxAnswerBytes });
  } catch (error) {
    if (isAzureError(error) || (error instanceof Error && error.name === "AbortError")) throw error;
    if (error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE")
      throw tooLarge(request.url);
    const words = error instanceof Error ? error.message : String(error);
    throw new RestError(`The answer can't be read: ${words}`, { code: RestError.PARSE_ERROR, request });
  }
}

/** Leaving the loop early destroys the body, so that no more of it is sent. */
async function bytesOf(body: NodeJS.ReadableStream, url: string): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of body) {
    const bytes = Buffer.from(piece);
    size += bytes.length;
    if (size > maxAnswerBytes) throw tooLarge(url);
    pieces.push(bytes);
  }
  return Buffer.concat(pieces, size);
}

function tooLarge(url: string): AzureError {
  return new AzureError({
    kind: "malformed",
    summary: message(
      "The answer of {0} is larger than {1} MB, so it wasn't read.",
      new URL(url).host,
      maxAnswerBytes / 2 ** 20,
    ),
    wayOut: message("Try again. If it keeps failing, give Microsoft support the request ID from the log."),
  });
}
