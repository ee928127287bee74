/** A request, as far as it says what it does. */
interface Asked {
  readonly method: string;
  readonly url: string;
}

/** Whether a request only reads: it may be repeated, and abandoned, at any time. */
export function isRead(request: Asked): boolean {
  const { method } = request;
  return method === "GET" || method === "HEAD" || isGraphQuery(request);
}

/** Whether a request asks Resource Graph, which takes its queries by POST. */
export function isGraphQuery({ method, url }: Asked): boolean {
  return (
    method === "POST" && /\/providers\/Microsoft\.ResourceGraph\/resources$/i.test(new URL(url).pathname)
  );
}
