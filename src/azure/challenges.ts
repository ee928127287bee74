import type { PipelineResponse } from "@azure/core-rest-pipeline";
import type { AnswerChallenge } from "./contracts.ts";

/**
 * The `WWW-Authenticate` of an answer that demands claims which the token lacks, such as multi-factor authentication:
 * https://learn.microsoft.com/entra/identity-platform/claims-challenge. Undefined where it demands none.
 */
export function claimsChallengeOf(response: PipelineResponse): string | undefined {
  const header = response.headers.get("www-authenticate") ?? "";
  return response.status === 401 && /insufficient_claims|\bclaims=/i.test(header) ? header : undefined;
}

/** Answers the claims challenges of one tenant. Calls that are challenged while the user is being asked share her answer. */
export class Challenges {
  readonly #answer: AnswerChallenge | undefined;
  readonly #asking = new Map<boolean, Promise<string | undefined>>();
  #latest: string | undefined;
  #declinedAt = -Infinity;

  constructor(answer: AnswerChallenge | undefined) {
    this.#answer = answer;
  }

  /** The token that satisfied the latest challenge: worth a try for the next call that is challenged, before asking again. */
  get latest(): string | undefined {
    return this.#latest;
  }

  /**
   * A token that satisfies the challenge; undefined where nobody can be asked or the user declined. That holds as well for a request that
   * was sent (`sentAt`, by `performance.now()`) before she did.
   */
  ask(challenge: string, prompt: boolean, sentAt: number): Promise<string | undefined> {
    const answer = this.#answer;
    if (answer === undefined || sentAt < this.#declinedAt) return Promise.resolve(undefined);
    const asking =
      this.#asking.get(prompt) ??
      answer(challenge, { prompt })
        .then((answered) => {
          if (prompt && answered === undefined) this.#declinedAt = performance.now();
          return (this.#latest = answered?.token);
        })
        .finally(() => this.#asking.delete(prompt));
    this.#asking.set(prompt, asking);
    return asking;
  }
}
