/** What an answer weighs on the wire. Node only: not in the extension's bundles. */
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { Recent } from "./recent.ts";

const compressed = promisify(gzip);

/** Below so many characters an answer is sent as it is. */
const minCharacters = 16_384;

/** The body of an answer as it is sent. */
export interface Payload {
  readonly bytes: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** Compresses large answers for clients that take it, as Azure's front end does. What was sent last is kept: pages are asked for again. */
export class Compression {
  readonly #recent = new Recent<Promise<Buffer>>(100);

  async payload(body: string, acceptEncoding: string | undefined): Promise<Payload> {
    if (body.length < minCharacters || !takesGzip(acceptEncoding))
      return { bytes: Buffer.from(body), headers: {} };
    const bytes = await this.#recent.get(body, () => compressed(body));
    return { bytes, headers: { "content-encoding": "gzip", vary: "Accept-Encoding" } };
  }
}

/** Whether gzip is among them and not refused by a weight of 0: https://www.rfc-editor.org/rfc/rfc9110#name-accept-encoding. */
function takesGzip(acceptEncoding = ""): boolean {
  return acceptEncoding.split(",").some((coding) => /^\s*gzip\s*(;\s*q=(1|0\.0*[1-9])|$)/i.test(coding));
}
