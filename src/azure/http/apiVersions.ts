import type { PipelinePolicy, PipelineRequest, PipelineResponse } from "@azure/core-rest-pipeline";
import { isObject, type JsonObject } from "../../core/resources/json.ts";
import type { Log } from "../../core/log.ts";
import { message } from "../../core/text/message.ts";
import { jsonOf, readErrorBody } from "../errors/errorBody.ts";
import { AzureError } from "../errors/errors.ts";
import { isRead } from "./methods.ts";
import { throwIfAborted } from "./pause.ts";
import { type Adapted, withoutLacking } from "./versionMembers.ts";

/** So often one request is sent again with an older version: a type and what hangs below it may know different ones. */
const maxRefusals = 3;

/**
 * Which api-versions a cloud knows, as far as its refusals have told. Sovereign and private clouds get new ones late, and the versions of the
 * SDKs' clients are fixed: what asks for one that the cloud does not know is sent with the newest stable one that it named and that is not
 * newer, at once and from then on. A write so refused was not executed. Shared by all pipelines of a cloud.
 */
export class ApiVersions {
  readonly #log: Log;
  /** The newest version to ask for, by resource type. */
  readonly #newest = new Map<string, string>();

  constructor(log: Log) {
    this.#log = log;
  }

  policy(): PipelinePolicy {
    return {
      name: "scaleSetMaintenance.apiVersions",
      sendRequest: async (request, next) => {
        const { url, body } = request;
        try {
          for (let refusals = 0; ; refusals++) {
            this.#adapt(request, { url, body });
            const response = await next(request);
            if (refusals === maxRefusals || !this.#learn(request, response)) return response;
            if (!isRead(request)) throwIfAborted(request.abortSignal);
          }
        } finally {
          // What is sent again from further out begins with what was meant.
          request.url = url;
          if (body !== undefined) request.body = body;
        }
      },
    };
  }

  /** What of a body this cloud takes at a resource, as far as its refusals have told. */
  takenOf(id: string, body: JsonObject): Adapted {
    const type = typeIn(`https://any.invalid${id}`);
    const newest = this.#newest.get(type);
    return newest === undefined ? { body, lacking: [] } : withoutLacking(type, newest, body);
  }

  /** Gives a request the version that is known to be taken, and takes from its body what that version lacks. */
  #adapt(request: PipelineRequest, asWritten: { readonly url: string; readonly body: unknown }): void {
    const asked = versionIn(asWritten.url);
    const type = typeIn(asWritten.url);
    const newest = this.#newest.get(type);
    if (asked === undefined || newest === undefined || newest >= dayOf(asked)) return;
    request.url = withVersion(asWritten.url, newest);
    const sent = typeof asWritten.body === "string" ? jsonOf(asWritten.body) : undefined;
    if (!isObject(sent)) return;
    const { body, lacking } = withoutLacking(type, newest, sent);
    if (lacking.length === 0) return;
    const names = lacking.join(", ");
    if (body === undefined) throw nothingLeft(type, newest, names);
    this.#log.warn(`api-version ${newest} of ${type} lacks what is not sent: ${names}.`);
    request.body = JSON.stringify(body);
  }

  /** Whether an answer refused the version of its request and named another that may be asked for. */
  #learn({ url }: PipelineRequest, response: PipelineResponse): boolean {
    const asked = versionIn(url);
    if (response.status !== 400 || asked === undefined) return false;
    const newest = newestNotNewer(listedIn(response), asked);
    if (newest === undefined || newest === asked) return false;
    const type = typeIn(url);
    this.#newest.set(type, newest);
    this.#log.warn(
      `This cloud does not know api-version ${asked} of ${type}; ${newest} is used from now on.`,
    );
    return true;
  }
}

/** The versions that a refusal lists; none where it is another answer. */
function listedIn({ bodyAsText }: PipelineResponse): readonly string[] {
  const { code = "", message: words = "" } = readErrorBody(bodyAsText);
  if (!/^(NoRegisteredProviderFound|InvalidApiVersionParameter)$/i.test(code)) return [];
  const list = /supported\s+(?:api-)?versions\s+are\s*'([^']*)'/i.exec(words)?.[1] ?? "";
  return list.split(",").map((version) => version.trim());
}

/** The newest stable version that is not newer than `asked`. */
function newestNotNewer(listed: readonly string[], asked: string): string | undefined {
  const stable = listed.filter((version) => /^\d{4}-\d\d-\d\d$/.test(version) && version <= dayOf(asked));
  return stable.toSorted().at(-1);
}

/** The day of a version, which may be followed by `-preview`. */
function dayOf(version: string): string {
  return version.slice(0, "yyyy-MM-dd".length);
}

const versionParameter = /([?&]api-version=)([^&#]+)/i;

/** A group or a scale set may have such a name too. */
const operationLink =
  /^(\/subscriptions\/[^/]+)?(\/resourceGroups\/[^/]+)?(\/providers\/[^/]+(\/locations\/[^/]+)?)?\/(operations|operationresults|operationstatuses|asyncoperations)\//i;

/** Of an operation's link none: Azure signs it. */
function versionIn(url: string): string | undefined {
  return operationLink.test(new URL(url).pathname) ? undefined : versionParameter.exec(url)?.[2];
}

function withVersion(url: string, version: string): string {
  return url.replace(versionParameter, (_, name: string) => `${name}${version}`);
}

/**
 * The resource type that a request is about, lower-cased: `microsoft.compute/virtualmachinescalesets`, with all that hangs below it. What is
 * Resource Manager's own stands under `microsoft.resources`.
 */
function typeIn(url: string): string {
  const path = new URL(url).pathname.toLowerCase();
  const [, ...providers] = path.split("/providers/");
  const [namespace, type] = providers.at(-1)?.split("/") ?? [];
  if (namespace && type && type !== "register") return `${namespace}/${type}`;
  const own = /^\/subscriptions\/[^/]+\/([^/]+)/.exec(path)?.[1] ?? /^\/([^/]+)/.exec(path)?.[1] ?? "";
  return `microsoft.resources/${own}`;
}

function nothingLeft(type: string, version: string, names: string): AzureError {
  return new AzureError({
    kind: "validation",
    summary: message("This cloud doesn't support {0}.", names),
    wayOut: message("Leave it out. The newest API version of {0} in this cloud is {1}.", type, version),
  });
}
