/** The pauses that Azure asks for (`Retry-After`), over all calls that are under way. */
export interface Waits {
  /** When the longest one ends, in milliseconds since the epoch; undefined while there is none. */
  readonly endsAt: number | undefined;
  /** Called when `endsAt` has changed. */
  onDidChange(listener: () => void): { dispose(): void };
}
