import type { Json } from "../json.ts";

/** A request as the sandbox takes it, from memory or from the wire. Header names are lower-cased. */
export interface SandboxRequest {
  readonly method: string;
  /** Absolute: its origin is used in the links of the answer. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A whole answer. Header names are lower-cased. */
export interface SandboxResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text, or empty. */
  readonly body: string;
  /** How the transport is to break: before the first byte of the answer, or after half of its body. */
  readonly broken?: "reset" | "truncated";
}

/** An answer before it is written out: `body` is absent where there is none. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Json;
  /** The body as JSON text, where it is there in that form. */
  readonly text?: string;
}

export const ok = (body: Json, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status: 200,
  body,
  headers,
});
export const created = (body: Json): Reply => ({ status: 201, body });
export const noContent: Reply = { status: 204 };
export const list = (value: readonly Json[]): Reply => ok({ value });
