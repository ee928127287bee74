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
        title: message("Health: protocol"),
        placeholder: message("How does the extension ask an instance whether the application is healthy?"),
        proposed: "http",
        rows: [
          protocol("http", "globe", message("A request to the path is answered with 200.")),
          protocol("https", "lock", message("As http, but encrypted.")),
          protocol("tcp", "plug", message("The port takes connections; there is no path.")),
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
    title: message("Health: port"),
    prompt: message(
      "The port on the instance itself, 1 to 65535. Where nothing answers there, Azure takes the instance for unhealthy and does not upgrade.",
    ),
    proposed: protocolName === "https" ? "443" : "80",
    validate: (text): readonly Verdict[] =>
      /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535
        ? []
        : [{ severity: "block", message: message("A port is a whole number from 1 to 65535.") }],
  };
}

const pathQuestion: TextQuestion = {
  kind: "text",
  title: message("Health: path"),
  prompt: message("What is asked for on the instance itself, such as /healthz."),
  proposed: "/",
  validate: (text): readonly Verdict[] =>
    /^\/[^\s#]*$/.test(text)
      ? []
      : [
          {
            severity: "block",
            message: message("A path begins with / and has no spaces and no #, such as /healthz."),
          },
        ],
};
