import { idKey, nameOf, subscriptionOf } from "../../core/resources/ids.ts";
import { SharedRun } from "../../core/sharedRun.ts";
import { message } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import type { Azure } from "../../azure/contracts.ts";
import type { FleetAccess } from "../session/chosenAzure.ts";
import { linkIn } from "./link.ts";
import type { Address, Link } from "./link.ts";

export interface LinksOptions {
  readonly session: Pick<FleetAccess["session"], "connected" | "whenRead">;
  readonly store: Pick<FleetAccess["store"], "snapshot">;
  /** Opens the view. */
  readonly focus: () => Promise<void>;
  /** Selects the row of a resource that the fleet has. */
  readonly reveal: (id: string) => Promise<void>;
  /** Waits under a progress that can be cancelled; rejects where it was. */
  readonly waiting: <T>(work: (signal: AbortSignal) => Promise<T>) => Promise<T>;
  readonly tell: (text: Message) => void;
  readonly fail: (error: unknown) => void;
  /** Resolves some time after a link was opened: the next one waits for that. */
  readonly pause: () => Promise<void>;
}

/** The name of a cloud in a link. */
export function cloudIn({ origin, cloud }: Pick<Azure, "origin" | "cloud">): string {
  return origin === "sandbox" ? "Sandbox" : cloud.name;
}

/**
 * Opens links to rows of the Fleet view: shows the row and does nothing else, whoever wrote the link. Of many that come at once the first
 * and the last are opened.
 */
export class Links {
  readonly #options: LinksOptions;
  #next: Address | undefined;
  #isOpening = false;

  constructor(options: LinksOptions) {
    this.#options = options;
  }

  /** Never rejects. */
  async open(address: Address): Promise<void> {
    this.#next = address;
    if (this.#isOpening) return;
    this.#isOpening = true;
    while (this.#next !== undefined) {
      const next = this.#next;
      this.#next = undefined;
      await this.#open(next).catch(this.#options.fail);
      await this.#options.pause();
    }
    this.#isOpening = false;
  }

  async #open(address: Address): Promise<void> {
    const { focus, reveal, waiting, tell } = this.#options;
    const link = linkIn(address);
    if (link === undefined)
      return tell(message("This link doesn't lead to a scale set or maintenance configuration."));
    await focus();
    const azure = await waiting((signal) => this.#azureKnowing(link, signal));
    const hindrance = this.#hindrance(link, azure);
    if (hindrance !== undefined) return tell(hindrance);
    await reveal(link.id);
  }

  /** The Azure that is connected, with its fleet read as far as the link needs it. Nobody is asked to sign in. */
  async #azureKnowing(link: Link, signal: AbortSignal): Promise<Azure | undefined> {
    const { session } = this.#options;
    const azure = await new SharedRun(() => session.connected()).join(signal);
    const isToBeRead = azure !== undefined && cloudIn(azure) === link.cloud && !this.#isKnown(link);
    if (isToBeRead) await new SharedRun(() => session.whenRead()).join(signal);
    return azure;
  }

  #isKnown({ id }: Link): boolean {
    const { configurations, scaleSets } = this.#options.store.snapshot;
    return scaleSets.has(idKey(id)) || configurations.has(idKey(id));
  }

  #hindrance(link: Link, azure: Azure | undefined): Message | undefined {
    const name = nameOf(link.id);
    if (azure === undefined) return message("Sign in, then open the link again to see {0}.", name);
    const shown = cloudIn(azure);
    if (shown !== link.cloud)
      return message("This link leads to {0}, but this window shows {1}.", link.cloud, shown);
    if (this.#isKnown(link)) return undefined;
    const { subscriptions, problem } = this.#options.store.snapshot;
    if (problem !== undefined)
      return message("Couldn't load the whole fleet. Refresh, then open the link again to see {0}.", name);
    return subscriptions.has(subscriptionOf(idKey(link.id)))
      ? message("Not in your fleet: {0}. It may have been deleted.", name)
      : message(
          "Not in your fleet: {0}. Its subscription may need another account, or your filter hides it.",
          name,
        );
  }
}
