/** Whether a request only reads: it may be repeated, and abandoned, at any time. */
export function isRead(method: string): boolean {
  return method === "GET" || method === "HEAD";
}
