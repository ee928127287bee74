import type { PipelineResponse } from "@azure/core-rest-pipeline";
import type { AnswerChallenge } from "../contracts.ts";

/**
 * The `WWW-Authenticate` of an answer that demands claims which the token lacks, such as multi-factor authentication:
 * https://learn.microsoft.com/entra/identity-platform/claims-challenge. Undefined where it demands none.
 */
export function claimsChallengeOf(response: PipelineResponse): string | undefined {
  const header = response.headers.get("www-authenticate") ?? "";
  return response.status === 401 && /insufficient_claims|\bclaims=/i.test(header) ? header : undefined;
}

/**
 * Answers the claims challenges of one tenant. The calls of one burst, which overlap, share the user's answer. After it her token is kept
 * by VS Code alone, which gives it again, without asking her, to a call that is challenged later.
 */
export class Challenges {
  readonly #answer: AnswerChallenge | undefined;
  readonly #asking = new Map<boolean, Promise<string | undefined>>();
  #latest: string | undefined;
  #inFlight = 0;
  #declinedAt = -Infinity;

  constructor(answer: AnswerChallenge | undefined) {
    this.#answer = answer;
  }

  /** The token that satisfied a challenge of this burst: worth a try for a call that was challenged too. */
  get latest(): string | undefined {
    return this.#latest;
  }

  /** Makes a call, which may be challenged, part of the burst. */
  async during<T>(call: () => Promise<T>): Promise<T> {
    this.#inFlight++;
    try {
      return await call();
    } finally {
      this.#inFlight--;
      if (this.#inFlight === 0) this.#latest = undefined;
    }
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
