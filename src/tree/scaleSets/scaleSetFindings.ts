import { freshnessInWords, imagesInWords, versionInWords } from "../../core/upgrades/freshnessInWords.ts";
import type { Finding } from "../../core/eligibility/rule.ts";
import { inEnglish, joined, message, verbatim } from "../../core/text/message.ts";
import type { ScaleSetRecord } from "../../fleet/snapshot/snapshot.ts";
import { problemLines } from "../../ui/problemReport.ts";
import { coverageIcon } from "./coverageLook.ts";
import type { Detail } from "../leaves.ts";
import type { Icon } from "../view.ts";

/** Why the set is in its state, then what else is wrong with it. */
export function verdicts({ coverage, findings }: ScaleSetRecord): readonly Detail[] {
  const failed = findings.filter(({ status }) => status === "fail");
  const textOf = (finding: Finding) => inEnglish(finding.message);
  const reasons = coverage.reasons.map((reason, index): Detail => {
    const icon: Icon = index === 0 ? coverageIcon(coverage) : { id: "info" };
    const finding = failed.find((one) => textOf(one) === inEnglish(reason));
    return finding ? { ...findingDetail(finding), icon } : { name: `reason/${index}`, label: reason, icon };
  });
  const said = new Set(coverage.reasons.map(inEnglish));
  return [...reasons, ...failed.filter((finding) => !said.has(textOf(finding))).map(findingDetail)];
}

/** Every condition with what was found, those that are not met first. */
export function conditions({ findings }: ScaleSetRecord): Detail {
  const of = (wanted: Finding["status"]) => findings.filter(({ status }) => status === wanted);
  const [failed, unknown, met] = [of("fail"), of("unknown"), of("pass")];
  const counts = [
    ...(failed.length === 0 ? [] : [message("{0} not met", failed.length)]),
    ...(unknown.length === 0 ? [] : [message("{0} unknown", unknown.length)]),
    message("{0} met", met.length),
  ];
  return {
    name: "conditions",
    label: message("Conditions"),
    value: joined(", ", counts),
    icon: { id: "checklist" },
    children: [...failed, ...unknown, ...met].map((finding) => ({
      ...findingDetail(finding),
      name: `condition/${finding.rule}`,
    })),
  };
}

/** Which image versions the instances run, against the newest. */
export function imageVersions({ freshness }: ScaleSetRecord): Detail {
  const label = message("Image versions");
  const name = "versions";
  if (freshness === undefined) {
    const way = message("To check, run Check Image Versions on the scale set.");
    return {
      name,
      label,
      value: imagesInWords(freshness),
      icon: { id: "versions" },
      tooltip: [{ text: way }],
    };
  }
  const icon: Icon =
    freshness.state === "behind" ? { id: "history", color: "list.warningForeground" } : { id: "versions" };
  const running = freshness.state === "unknown" ? [] : freshness.running;
  return {
    name,
    label,
    value: imagesInWords(freshness),
    icon,
    tooltip: [{ text: freshnessInWords(freshness) }],
    children: running.map((version) => ({
      name: version.version,
      label: verbatim(version.version),
      value: versionInWords(version),
      icon: { id: "package" },
    })),
  };
}

/** What couldn't be loaded of the scale set, and why. */
export function unread({ eligibilityFacts }: ScaleSetRecord): readonly Detail[] {
  return Object.entries(eligibilityFacts?.unread ?? {}).map(([fact, problem]) => ({
    name: `unread/${fact}`,
    label: problem.summary,
    icon: { id: "warning", color: "list.warningForeground" },
    tooltip: problemLines(problem).map((text) => ({ text })),
  }));
}

function findingDetail({ rule, status, severity, message: label, fix, sources }: Finding): Detail {
  return {
    name: `finding/${rule}`,
    label,
    icon: findingIcon({ status, severity }),
    tooltip: [...(fix ? [{ text: fix }] : []), ...sources.map((link) => ({ link }))],
    children: fix ? [{ name: "fix", label: fix, icon: { id: "lightbulb" } }] : [],
  };
}

function findingIcon({ status, severity }: Pick<Finding, "status" | "severity">): Icon {
  switch (status) {
    case "fail":
      return severity === "block"
        ? { id: "circle-slash", color: "list.errorForeground" }
        : { id: "warning", color: "list.warningForeground" };
    case "unknown":
      return { id: "question", color: "descriptionForeground" };
    case "pass":
      return { id: "pass", color: "testing.iconPassed" };
  }
}
