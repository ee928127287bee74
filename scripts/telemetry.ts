/**
 * Writes the documentation of telemetry from the one map of events: `telemetry.json`, which `code --telemetry` shows, and the
 * list in docs/privacy.md. Run it after a change of the map: `node scripts/telemetry.ts`.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { events, type EventDescription } from "../src/telemetry/events.ts";

const root = join(import.meta.dirname, "..");
const described: Readonly<Record<string, EventDescription>> = events;

/** `telemetry.json`, in the form of VS Code's own: https://code.visualstudio.com/api/extension-guides/telemetry */
export function telemetryJson(): string {
  const shape = Object.entries(described).map(([name, { comment, properties, measurements }]) => [
    name,
    {
      owner: "scale-set-maintenance",
      comment,
      ...mapped(properties, ({ comment: what, values }) => declared(`${what} One of: ${values.join(", ")}.`)),
      ...mapped(measurements, ({ comment: what }) => ({ ...declared(what), isMeasurement: true })),
    },
  ]);
  return `${JSON.stringify({ events: Object.fromEntries(shape), commonProperties: {} }, undefined, 2)}\n`;
}

/** The same for readers, as a Markdown list. */
export function telemetryList(): string {
  const lines = Object.entries(described).flatMap(([name, { comment, properties, measurements }]) => [
    `- \`${name}\`: ${comment}`,
    ...Object.entries(properties).map(
      ([key, { comment: what, values }]) =>
        `  - \`${key}\`: ${what} One of ${values.map((value) => `\`${value}\``).join(", ")}.`,
    ),
    ...Object.entries(measurements).map(([key, { comment: what }]) => `  - \`${key}\`: ${what}`),
  ]);
  return lines.join("\n");
}

const marks = ["<!-- telemetry: made by scripts/telemetry.ts -->", "<!-- /telemetry -->"] as const;

/** `page` with the list between its marks brought up to date. */
export function withTelemetryList(page: string): string {
  const [before, after] = [page.indexOf(marks[0]), page.indexOf(marks[1])];
  if (before < 0 || after < before) throw new Error(`The page lacks ${marks.join(" and ")}.`);
  return `${page.slice(0, before)}${marks[0]}\n\n${telemetryList()}\n\n${page.slice(after)}`;
}

function declared(comment: string) {
  return { classification: "SystemMetaData", purpose: "FeatureInsight", comment };
}

function mapped<T, U>(record: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

if (import.meta.main) {
  writeFileSync(join(root, "telemetry.json"), telemetryJson());
  const page = join(root, "docs", "privacy.md");
  writeFileSync(page, withTelemetryList(readFileSync(page, "utf8")));
}
