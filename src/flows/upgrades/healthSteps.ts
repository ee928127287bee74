/** What the Application Health extension is to ask each instance for. */
import { message, verbatim, type Message } from "../../core/text/message.ts";
import type { Step } from "../engine/engine.ts";
import type { FixAnswers } from "./fixes.ts";
import type { Choice, TextQuestion, Verdict } from "../engine/question.ts";
import { choice } from "../engine/rows.ts";

/** @param applies whether a set gets the extension */
export function healthSteps<A extends FixAnswers>(applies: (answers: A) => boolean): readonly Step<A>[] {
  return [
    {
      id: "healthProtocol",
      applies,
      ask: () => ({
        kind: "pick",
        title: message("Health protocol"),
        placeholder: message("How the extension checks that the application is healthy"),
        proposed: "http",
        rows: [
          protocol("http", "globe", message("The path must answer with 200.")),
          protocol("https", "lock", message("Like http, but encrypted.")),
          protocol("tcp", "plug", message("The port must accept connections. No path.")),
        ],
      }),
    },
    { id: "healthPort", applies, ask: ({ healthProtocol }) => portQuestion(healthProtocol) },
    {
      id: "healthPath",
      applies: (answers) => applies(answers) && answers.healthProtocol !== "tcp",
      ask: () => pathQuestion,
    },
  ];
}

const protocol = (value: string, icon: string, detail: Message): Choice =>
  choice(value, icon, verbatim(value), { detail });

function portQuestion(protocolName: string | undefined): TextQuestion {
  return {
    kind: "text",
    title: message("Health port"),
    prompt: message(
      "Port on the instance, 1 to 65535. If nothing answers, Azure treats the instance as unhealthy and doesn't upgrade.",
    ),
    proposed: protocolName === "https" ? "443" : "80",
    validate: (text): readonly Verdict[] =>
      /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535
        ? []
        : [{ severity: "block", message: message("Enter a whole number from 1 to 65535.") }],
  };
}

const pathQuestion: TextQuestion = {
  kind: "text",
  title: message("Health path"),
  prompt: message("Path on the instance, such as /healthz."),
  proposed: "/",
  validate: (text): readonly Verdict[] =>
    /^\/[^\s#]*$/.test(text)
      ? []
      : [
          {
            severity: "block",
            message: message("Enter a path that starts with / and has no spaces or #, such as /healthz."),
          },
        ],
};
