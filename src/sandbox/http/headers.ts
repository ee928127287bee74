import type { HttpHeaders } from "@azure/core-rest-pipeline";

/** Response headers as core-rest-pipeline wants them, without loading it. They are given with lower-cased names. */
export class ReplyHeaders extends Map<string, string> implements HttpHeaders {
  constructor(values: Readonly<Record<string, string>>) {
    super(Object.entries(values));
  }

  override get(name: string): string | undefined {
    return super.get(name.toLowerCase());
  }

  override has(name: string): boolean {
    return super.has(name.toLowerCase());
  }

  override set(name: string, value: string | number | boolean): this {
    return super.set(name.toLowerCase(), String(value));
  }

  override delete(name: string): boolean {
    return super.delete(name.toLowerCase());
  }

  toJSON(): Record<string, string> {
    return Object.fromEntries(this);
  }
}
