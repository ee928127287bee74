import { type Client, createRestError, type PathUncheckedResponse } from "@azure-rest/core-client";

/** The iterator that Microsoft's SDKs return from a list: items one by one, or whole pages. */
export interface PagedAsyncIterableIterator<T> {
  next(): Promise<IteratorResult<T>>;
  [Symbol.asyncIterator](): PagedAsyncIterableIterator<T>;
  byPage(): AsyncIterableIterator<T[]>;
}

interface Page<T> {
  value?: T[];
  nextLink?: string | null;
}

/** Iterates over a list; follows `nextLink`, which the 2023-04-01 contract does not declare but later ones do. */
export function paged<T>(
  client: Client,
  first: () => PromiseLike<PathUncheckedResponse>,
  follow: Parameters<ReturnType<Client["pathUnchecked"]>["get"]>[0],
): PagedAsyncIterableIterator<T> {
  async function* pages(): AsyncGenerator<T[]> {
    let response = await first();
    for (;;) {
      const { value, nextLink } = checked<Page<T>>(response, ["200"]);
      yield value ?? [];
      if (typeof nextLink !== "string" || nextLink === "") return;
      response = await client.pathUnchecked(nextLink).get(follow);
    }
  }
  async function* items(): AsyncGenerator<T> {
    for await (const page of pages()) yield* page;
  }
  const iterator = items();
  return {
    next: () => iterator.next(),
    [Symbol.asyncIterator]() {
      return this;
    },
    byPage: pages,
  };
}

/** The body of an answer whose status is one of the expected. Throws RestError on any other. */
export function checked<T>(response: PathUncheckedResponse, expected: readonly string[]): T {
  if (!expected.includes(response.status)) throw createRestError(response);
  return response.body as T;
}
