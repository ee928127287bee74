import { arrayAt, at, isObject, type JsonObject, textAt } from "../../../src/core/resources/json.ts";
import { dereferenced, type Documents } from "./openapi.ts";
import { type Direction, Schemas } from "./schemas.ts";

/** One request with its answer, as they were on the wire. */
export interface Exchange {
  readonly method: string;
  readonly url: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody: string | undefined;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Operation {
  readonly id: string;
  /** Lower case. */
  readonly method: string;
  readonly version: string;
  readonly base: string;
  readonly template: string;
  readonly definition: JsonObject;
  readonly parameters: readonly { readonly base: string; readonly value: JsonObject }[];
}

const methods = ["get", "put", "patch", "delete", "post", "head"];

/** Microsoft's published contract of a service: which operation an exchange is of, and what is wrong with it. */
export class Contract {
  readonly #documents: Documents;
  readonly #schemas: Schemas;
  readonly operations: readonly Operation[];

  constructor(documents: Documents) {
    this.#documents = documents;
    this.#schemas = new Schemas(documents);
    this.operations = [...documents].flatMap(([base, document]) => this.#operationsOf(base, document));
  }

  /** The operation whose method and path an exchange has, to the letter; undefined where there is none. */
  operationOf({ method, url }: Exchange): Operation | undefined {
    const segments = new URL(url).pathname.split("/");
    const candidates = this.operations.filter(
      (one) => one.method === method.toLowerCase() && matches(one.template.split("/"), segments),
    );
    // `applyUpdates/default` beside `applyUpdates/{applyUpdateName}`: the one with fewer parameters is meant.
    return candidates.toSorted((a, b) => a.template.split("{").length - b.template.split("{").length)[0];
  }

  /** Everything that is wrong with an exchange; `isErrorQuirk` knows recorded error bodies that are outside the contract. */
  problems(exchange: Exchange, isErrorQuirk: (body: unknown) => boolean): string[] {
    const operation = this.operationOf(exchange);
    if (operation === undefined)
      return [`no operation has ${exchange.method} ${new URL(exchange.url).pathname}`];
    return [
      ...this.#pathProblems(operation, exchange),
      ...queryProblems(operation, exchange),
      ...this.#requestProblems(operation, exchange),
      ...this.#answerProblems(operation, exchange, isErrorQuirk),
    ].map((problem) => `${operation.id}: ${problem}`);
  }

  #operationsOf(base: string, document: JsonObject): Operation[] {
    return Object.entries(document["paths"] as JsonObject).flatMap(([template, item]) =>
      Object.entries(item as JsonObject)
        .filter(([method]) => methods.includes(method))
        .map(([method, value]) => {
          const definition = value as JsonObject;
          const parameters = [...arrayAt(item, "parameters"), ...arrayAt(definition, "parameters")];
          return {
            id: textAt(definition, "operationId") ?? `${method} ${template}`,
            method,
            version: textAt(document, "info", "version") ?? "",
            base,
            template,
            definition,
            parameters: parameters
              .filter(isObject)
              .map((parameter) => dereferenced(this.#documents, base, parameter)),
          };
        }),
    );
  }

  #pathProblems({ template, parameters }: Operation, { url }: Exchange): string[] {
    const segments = new URL(url).pathname.split("/").map(decodeURIComponent);
    return template.split("/").flatMap((step, index) => {
      const name = /^\{(.+)\}$/.exec(step)?.[1];
      if (name === undefined) return [];
      const parameter = parameters.find(({ value }) => value["in"] === "path" && value["name"] === name);
      if (parameter === undefined) return [`the path parameter ${name} is not declared`];
      const { name: _, in: __, required: ___, ...schema } = parameter.value;
      return this.#schemas
        .problems("request", parameter.base, schema, segments[index])
        .map((problem) => `${name} ${problem}`);
    });
  }

  #requestProblems(
    { definition, parameters }: Operation,
    { requestBody, requestHeaders }: Exchange,
  ): string[] {
    const parameter = parameters.find(({ value }) => value["in"] === "body");
    if (parameter === undefined)
      return requestBody === undefined ? [] : ["the request has a body where none is declared"];
    if (requestBody === undefined)
      return parameter.value["required"] === true ? ["the request has no body"] : [];
    const consumes = (definition["consumes"] as readonly string[] | undefined) ?? ["application/json"];
    const type = requestHeaders["content-type"]?.split(";")[0] ?? "none";
    return [
      ...(consumes.includes(type) ? [] : [`the request's content type is ${type}`]),
      ...this.#bodyProblems("request", parameter.base, parameter.value["schema"], JSON.parse(requestBody)),
    ];
  }

  #answerProblems(
    { base, method, definition }: Operation,
    exchange: Exchange,
    isErrorQuirk: (body: unknown) => boolean,
  ): string[] {
    const { status, body, headers } = exchange;
    const response =
      at(definition, "responses", String(status)) ??
      (status >= 400 ? at(definition, "responses", "default") : undefined);
    if (!isObject(response)) return [`status ${status} is not declared`];
    const schema = response["schema"];
    if (schema === undefined) return body === "" ? [] : [`a ${status} has a body where none is declared`];
    if (status >= 400 && isErrorQuirk(jsonOf(body))) return [];
    if (body === "") return status < 300 && method === "delete" ? [] : [`a ${status} has no body`];
    if (!/^application\/json\b/.test(headers["content-type"] ?? ""))
      return ["the answer is not declared as JSON"];
    const json = jsonOf(body);
    const unnamed = status >= 400 && !isObject(at(json, "error")) ? ["an error answer has no `error`"] : [];
    return [...unnamed, ...this.#bodyProblems(status >= 400 ? "error" : "answer", base, schema, json)];
  }

  #bodyProblems(direction: Direction, base: string, schema: unknown, body: unknown): string[] {
    const problems = this.#schemas.problems(direction, base, schema as JsonObject, body);
    return problems.map((problem) => `${direction} body ${problem}`);
  }
}

function queryProblems({ parameters, version: published }: Operation, { url }: Exchange): string[] {
  const query = new URL(url).searchParams;
  const declared = parameters
    .filter(({ value }) => value["in"] === "query")
    .map(({ value }) => ({ name: textAt(value, "name") ?? "", isRequired: value["required"] === true }));
  const version = query.get("api-version");
  return [
    ...declared
      .filter(({ name, isRequired }) => isRequired && !query.has(name))
      .map(({ name }) => `no ${name}`),
    ...[...query.keys()]
      .filter((name) => !declared.some((one) => one.name === name))
      .map((name) => `undeclared query ${name}`),
    ...(version === published ? [] : [`api-version is ${version ?? "missing"}`]),
  ];
}

function matches(template: readonly string[], segments: readonly string[]): boolean {
  return (
    template.length === segments.length &&
    template.every((step, index) =>
      step.startsWith("{") ? segments[index] !== "" : step === segments[index],
    )
  );
}

function jsonOf(body: string): unknown {
  return body === "" ? undefined : JSON.parse(body);
}
