/** The configuration that a flow is about: chosen by the user where the start does not say, and read from Azure before it is changed. */
import { idKey, nameOf } from "../../core/resources/ids.ts";
import { textAt, type JsonObject } from "../../core/resources/json.ts";
import { message } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import { isOsImage } from "../../core/windows/window.ts";
import type { ConfigurationRecord } from "../../fleet/snapshot/snapshot.ts";
import { forEachLimited } from "../../core/limit.ts";
import { configurationRows } from "./configurationRows.ts";
import { givenBy, wholeFleet, type FlowContext, type FlowStart } from "../engine/context.ts";
import type { Step } from "../engine/engine.ts";
import { failureOf } from "../engine/failure.ts";
import type { Fact } from "../engine/question.ts";

export interface SubjectAnswers {
  /** Id of the configuration. */
  readonly subject?: string;
}

export function givenSubject(start: FlowStart): SubjectAnswers {
  const { configuration } = givenBy(start);
  return configuration === undefined ? {} : { subject: configuration };
}

/** Asks for one of the OSImage configurations that are `wanted`; says `none` where there is none of them. */
export function subjectStep(
  context: FlowContext,
  none: Message,
  wanted: (record: ConfigurationRecord) => boolean = () => true,
): Step<SubjectAnswers> {
  return {
    id: "subject",
    ask: () => {
      const rows = configurationRows(
        context.snapshot(),
        (record) => isOsImage(record.resource) && wanted(record),
      );
      const nothing: Fact = { kind: "fact", icon: "info", label: none };
      const [selected] = context.selected?.configurationIds ?? [];
      return {
        kind: "pick",
        title: message("Choose a configuration"),
        placeholder: message("Search by name, schedule or resource group"),
        ...(selected !== undefined && { proposed: selected }),
        rows: rows.some(({ kind }) => kind === "choice") ? rows : [nothing, ...rows],
      };
    },
  };
}

/** The configurations of one flow, each read from Azure once: what the tree knows may be hours old. */
export class Subjects {
  readonly #context: FlowContext;
  readonly #read = new Map<string, JsonObject>();
  readonly #unread = new Map<string, Message>();

  constructor(context: FlowContext) {
    this.#context = context;
  }

  /** Throws AzureError where it can't be read, and tries again the next time. */
  async read({ subject = "" }: SubjectAnswers, signal: AbortSignal): Promise<JsonObject> {
    const key = idKey(subject);
    const known = this.#read.get(key);
    if (known !== undefined) return known;
    const resource = withId(await this.#context.azure.read(subject, signal), subject);
    this.#read.set(key, resource);
    return resource;
  }

  /** The same, and the whole fleet: the review tells which scale sets a change touches. */
  readonly readWithFleet = async (
    answers: SubjectAnswers,
    signal: AbortSignal,
    say: (progress: Message) => void,
  ): Promise<void> => {
    await Promise.all([this.read(answers, signal), wholeFleet(this.#context, signal, say)]);
  };

  /** Several at a time, of which none stops the others (`unread`). One alone: see `read`. */
  async readAll(ids: readonly string[], signal: AbortSignal): Promise<void> {
    const [only, second] = ids;
    if (only !== undefined && second === undefined) return void (await this.read({ subject: only }, signal));
    this.#unread.clear();
    await forEachLimited(ids, async (subject) => {
      try {
        await this.read({ subject }, signal);
      } catch (error) {
        signal.throwIfAborted();
        this.#unread.set(idKey(subject), failureOf(error));
      }
    });
  }

  /** Why one of several could not be read. */
  unread(id: string): Message | undefined {
    return this.#unread.get(idKey(id));
  }

  /** As it was read, else as the fleet has it; an empty one where neither knows it. */
  known({ subject = "" }: SubjectAnswers): JsonObject {
    const key = idKey(subject);
    const resource = this.#read.get(key) ?? this.#context.snapshot().configurations.get(key)?.resource;
    return withId(resource ?? {}, subject);
  }
}

const withId = (resource: JsonObject, id: string): JsonObject =>
  textAt(resource, "id") === undefined ? { ...resource, id, name: nameOf(id) } : resource;
