import type { TokenCredential } from "@azure/core-auth";
import type { PipelinePolicy, PipelineRequest, PipelineResponse } from "@azure/core-rest-pipeline";
import { Challenges, claimsChallengeOf } from "./challenges.ts";
import type { Cloud, TenantAccess } from "../contracts.ts";
import { errorOf } from "../errors/errors.ts";
import { isRead } from "../http/methods.ts";

/** The two policies that give the requests of one tenant their tokens. */
export interface Signing {
  /** Signs each attempt. */
  readonly token: PipelinePolicy;
  /**
   * Sends a request again that was refused for its token: with a newer one where there is one, then with one that satisfies the claims
   * which Azure demands. A 401 comes before any effect, so a write may be sent again too. Stands outside the time limit of an attempt,
   * which does not run while the user is asked.
   */
  readonly renewal: PipelinePolicy;
}

type Renew = (
  request: PipelineRequest,
  response: PipelineResponse,
  sentAt: number,
) => Promise<string | undefined>;

export function signing(access: Pick<TenantAccess, "credential" | "answerChallenge">, cloud: Cloud): Signing {
  const challenges = new Challenges(access.answerChallenge);
  /** What a request that was refused is sent again with. */
  const renewed = new WeakMap<PipelineRequest, string>();

  const newer: Renew = async (request, response) =>
    claimsChallengeOf(response) === undefined
      ? tokenOf(access.credential, cloud, request)
      : challenges.latest;
  const stronger: Renew = async (request, response, sentAt) => {
    const challenge = claimsChallengeOf(response);
    // Only a write is worth a prompt: reads go on in the background, and the user would not know what she is asked for.
    return challenge === undefined ? undefined : challenges.ask(challenge, !isRead(request), sentAt);
  };

  return {
    token: {
      name: "scaleSetMaintenance.token",
      async sendRequest(request, next) {
        if (!isOfCloud(request.url, cloud)) {
          // Links to the next page and to operations come from answers: one to another host must not get the token.
          throw errorOf("malformed", new URL(request.url).host);
        }
        // Asked at each request, so that a window left open overnight never sends yesterday's token.
        const token = renewed.get(request) ?? (await tokenOf(access.credential, cloud, request));
        request.headers.set("Authorization", `Bearer ${token}`);
        return next(request);
      },
    },
    renewal: {
      name: "scaleSetMaintenance.renewal",
      sendRequest: (request, next) =>
        challenges.during(async () => {
          const sentAt = performance.now();
          let response = await next(request);
          for (const renew of [newer, stronger]) {
            if (response.status !== 401) break;
            const refused = request.headers.get("Authorization");
            const token = await renew(request, response, sentAt);
            if (token === undefined || `Bearer ${token}` === refused) continue;
            renewed.set(request, token);
            response = await next(request);
          }
          return response;
        }),
    },
  };
}

async function tokenOf(credential: TokenCredential, cloud: Cloud, request: PipelineRequest): Promise<string> {
  const { abortSignal } = request;
  const token = await credential.getToken(
    [...cloud.scopes],
    abortSignal === undefined ? {} : { abortSignal },
  );
  if (token === null) throw errorOf("notSignedIn", cloud.name);
  return token.token;
}

/** Whether a URL is Resource Manager's own, or of one of its regional hosts (`eastus.management.azure.com`). */
function isOfCloud(url: string, cloud: Cloud): boolean {
  const asked = new URL(url);
  const own = new URL(cloud.endpoint);
  const isOwnHost = asked.hostname === own.hostname || asked.hostname.endsWith(`.${own.hostname}`);
  return asked.protocol === "https:" && isOwnHost;
}
