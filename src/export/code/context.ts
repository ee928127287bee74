import type { Message } from "../../core/text/message.ts";

/** What an export needs to know beside the plan. */
export interface CodeContext {
  /** When the export is made: milliseconds since the epoch. */
  readonly madeAtMs: number;
  /** `AzureCloud`, `AzureUSGovernment`, `AzureChinaCloud`, or the user's own name for a custom one. */
  readonly cloud: string;
  /** A message in the reader's language. Line breaks in it are the exporters' to keep out of comments. */
  readonly say: (message: Message) => string;
}

/** Microsoft's own clouds, which every tool knows by these names. */
export const publicClouds: readonly string[] = ["AzureCloud", "AzureUSGovernment", "AzureChinaCloud"];
