import type { Log } from "../core/log.ts";
import type { EventMeasurements, EventName, EventProperties } from "./events.ts";

/** The part of `@vscode/extension-telemetry` that is used. */
export interface Reporter {
  sendTelemetryEvent(
    name: string,
    properties: Readonly<Record<string, string>>,
    measurements: Readonly<Record<string, number>>,
  ): void;
  dispose(): Promise<unknown>;
}

export interface TelemetryOptions {
  /** Connection string injected at build; without one nothing is ever loaded or sent. */
  readonly key: string | undefined;
  /** Whether the user allows telemetry now. */
  isEnabled(): boolean;
  openReporter(key: string): Promise<Reporter>;
  readonly log: Log;
}

type Values<T> = Readonly<Record<string, T>>;

/** Sends typed events; loads the reporter with the first one that may be sent. */
export class Telemetry {
  readonly #options: TelemetryOptions;
  #reporter: Promise<Reporter | undefined> | undefined;

  constructor(options: TelemetryOptions) {
    this.#options = options;
  }

  /** Sends in the background: telemetry that fails is a line in the log and nothing else. */
  send<E extends EventName>(
    name: E,
    properties: EventProperties<E>,
    measurements: EventMeasurements<E>,
  ): void {
    const { key, log } = this.#options;
    if (key === undefined || !this.#options.isEnabled()) return;
    this.#reporter ??= this.#open(key);
    this.#reporter
      .then((reporter) =>
        reporter?.sendTelemetryEvent(name, properties as Values<string>, measurements as Values<number>),
      )
      .catch((error: unknown) => log.warn(`Telemetry was not sent: ${String(error)}`));
  }

  /** Flushes what was sent, if anything ever was. */
  async dispose(): Promise<void> {
    const reporter = await this.#reporter;
    await reporter?.dispose();
  }

  async #open(key: string): Promise<Reporter | undefined> {
    try {
      return await this.#options.openReporter(key);
    } catch (error) {
      this.#options.log.warn(`Telemetry is off in this window: ${String(error)}`);
      return undefined;
    }
  }
}
