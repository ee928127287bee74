import { attemptOf } from "../../core/upgrades/attempts.ts";
import { nameOf } from "../../core/resources/ids.ts";
import { joined, message } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import { endingOf } from "../../core/upgrades/upgradeInWords.ts";
import type { Ending } from "../../core/upgrades/upgradeInWords.ts";
import type { EndedUpgrade } from "../../fleet/upgrades/upgradeWatch.ts";

/** What a notification says of upgrades that have ended. */
export interface EndInWords {
  readonly text: Message;
  /** Whether there is nothing to do. */
  readonly isGood: boolean;
}

export function endOfOne(ended: EndedUpgrade): EndInWords {
  const ending = endingOfEnded(ended);
  return { text: lineOf(nameOf(ended.scaleSetId), ending), isGood: ending.outcome === "completed" };
}

/** The counts, and the first that went wrong. */
export function endOfMany(ended: readonly EndedUpgrade[]): EndInWords {
  const endings = ended.map((one) => ({ name: nameOf(one.scaleSetId), ending: endingOfEnded(one) }));
  const count = (...outcomes: readonly Ending["outcome"][]) =>
    endings.filter(({ ending: { outcome } }) => outcomes.includes(outcome)).length;
  const [completed, failed, cancelled] = [count("completed"), count("failed", "partly"), count("cancelled")];
  const unknown = endings.length - completed - failed - cancelled;
  const counts = joined(", ", [
    message("{0} completed", completed),
    ...(failed === 0 ? [] : [message("{0} failed", failed)]),
    ...(cancelled === 0 ? [] : [message("{0} cancelled", cancelled)]),
    ...(unknown === 0 ? [] : [message("{0} unknown", unknown)]),
  ]);
  const summary = message("{0} OS upgrades ended: {1}.", endings.length, counts);
  const bad = endings.filter(({ ending: { outcome } }) => outcome !== "completed");
  const first = bad.find(({ ending: { outcome } }) => outcome === "failed") ?? bad[0];
  return {
    text: first === undefined ? summary : joined(" ", [summary, lineOf(first.name, first.ending)]),
    isGood: bad.length === 0,
  };
}

function endingOfEnded({ upgrade }: EndedUpgrade): Ending {
  return endingOf(upgrade && attemptOf(upgrade));
}

function lineOf(name: string, { text, next }: Ending): Message {
  return message("{0}: {1}", name, next === undefined ? text : joined(" ", [text, next]));
}
