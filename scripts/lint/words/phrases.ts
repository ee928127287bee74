// The words that no text uses, each with what to write instead.

/** What a phrase is looked for in: all texts, or only those that the product shows. */
export interface Phrase {
  /** As a regular expression, between the bounds of words, in any case. */
  readonly pattern: string;
  /** What to write instead. */
  readonly better: string;
  /** Whether papers for developers may use it. */
  readonly shownOnly?: true;
}

const cut = "cut it";
const someone = "say who: you, Azure, another window";

export const phrases: readonly Phrase[] = [
  // Long ways to say it
  { pattern: "that (?:is|are)", better: `${cut}, or use an adjective` },
  { pattern: "there (?:is|are|was|were)", better: `${cut}: begin with the thing`, shownOnly: true },
  { pattern: "of it", better: `"its", or ${cut}` },
  { pattern: "(?:by|of) (?:itself|themselves)", better: `"automatically", or ${cut}` },
  { pattern: "so that", better: '"so" or "to"' },
  { pattern: "in order to", better: '"to"' },
  { pattern: "prior to", better: '"before"' },
  { pattern: "for a while", better: `say how long, or ${cut}` },
  { pattern: "once that", better: '"when"' },
  { pattern: "as soon as", better: '"when"' },
  { pattern: "as long as", better: '"while"' },
  { pattern: "none of", better: '"no"' },
  { pattern: "(?:is|are|was|were) no longer among", better: '"isn\'t in"' },
  { pattern: "in (?:this|that|such) a way", better: cut },
  { pattern: "please", better: cut },
  { pattern: "successfully", better: cut },
  { pattern: "the fact that", better: cut },

  // Words that readers stumble over
  { pattern: "anew", better: '"again", or "refresh"' },
  { pattern: "once more", better: '"again"' },
  { pattern: "told", better: '"known", "shown" or "confirmed"' },
  { pattern: "be told", better: '"be confirmed"' },
  { pattern: "meant", better: '"intended", or say what it does' },
  { pattern: "gone", better: '"no longer exists" or "was deleted"' },
  { pattern: "mend(?:s|ed|ing)?", better: '"fix"' },
  { pattern: "beside", better: '"next to"' },
  { pattern: "ways? out", better: '"how to fix"' },
  { pattern: "go(?:es|ing)? on", better: '"continue"' },
  { pattern: "went on", better: '"continued"' },
  { pattern: "as (?:it is|they are|it was|they were)", better: '"not changed" or "unchanged"' },
  { pattern: "hence|thus|therefore|thereby|whereby", better: '"so"' },
  { pattern: "whose", better: '"with", or two sentences' },
  { pattern: "whom", better: '"who", or another sentence' },
  { pattern: "upon", better: '"on"' },
  { pattern: "lest", better: '"so … doesn\'t"' },
  { pattern: "whereas", better: '"but"' },
  { pattern: "meanwhile", better: `"since", or ${cut}`, shownOnly: true },
  {
    pattern: "(?:is|are|was|were) (?:not )?known",
    better: '"known" as an adjective, or "unknown"',
    shownOnly: true,
  },
  { pattern: "insists?(?: on)?", better: '"requires"' },
  { pattern: "dangl(?:e|es|ed)", better: '"points to a deleted configuration"' },
  { pattern: "heard of", better: '"responds"' },
  { pattern: "(?<!(?:one|thing|where|what|who|or) )else", better: '"otherwise"', shownOnly: true },
  { pattern: "(?:begun|began|begins?|beginning)(?! with)", better: '"start"', shownOnly: true },
  { pattern: "tick(?:s|ed)?", better: '"select"' },
  { pattern: "detach(?:es|ed|ing)?", better: '"remove the association"' },
  { pattern: "(?:is|are) to come", better: '"next" or "future"' },
  { pattern: "of (?:an)?other services?", better: '"managed by another service"' },
  { pattern: "(?:take|takes|took|taken|taking) (?:\\w+ )?back", better: '"undo"' },
  { pattern: "(?:put|puts|give|gives|given) (?:\\w+ )?back", better: '"restore"' },
  { pattern: "from before", better: '"earlier"' },
  { pattern: "under control", better: '"set up"' },
  { pattern: "to (?:its|their) end", better: '"couldn\'t load", or "completely"' },
  { pattern: "(?:no longer|is|are) followed", better: '"stopped watching" or "watched"', shownOnly: true },
  { pattern: "stop reading", better: '"cancel refresh"' },
  { pattern: "(?:read|reads|reading) again", better: '"refresh"', shownOnly: true },
  { pattern: "(?:is|are|was|were|just|still) being read", better: '"is loading"', shownOnly: true },
  { pattern: "waits? for you", better: '"needs your attention"' },
  { pattern: "(?:as|by|of|from|to|with|for) what\\?", better: "name what is chosen" },
  { pattern: "whoever|whatever|whichever", better: '"who", "any", "each"', shownOnly: true },
  { pattern: "(?:utilize|utilise)[sd]?", better: '"use"' },
  { pattern: "via", better: '"through" or "with"' },
  { pattern: "may not", better: '"can\'t" or "might not"', shownOnly: true },
  {
    pattern: "(?:the|a|this|that|each|every|another) set(?! of)",
    better: '"scale set", or "it"',
    shownOnly: true,
  },

  // Contractions
  { pattern: "cannot|can not", better: '"can\'t"' },
  {
    pattern: "(?:is|are|was|were|do|does|did|has|have|had|would|should|could) not",
    better: "the contraction with n't",
    shownOnly: true,
  },
  { pattern: "will not", better: '"won\'t"', shownOnly: true },

  // Who speaks and who acts
  { pattern: "we|us|our|ours", better: '"Azure", "you", or the thing; of certainty: "Not documented: …"' },
  { pattern: "he|she|him|her|his|hers", better: '"you", "they" or the role' },
  { pattern: "nobody|somebody|anybody|everybody", better: someone },
  { pattern: "the users?(?! settings?)(?!-)", better: '"you"' },
];

/** A text that keeps a phrase, in which these very words aren't looked at. */
export interface Quotation {
  /** The words, as they stand in the text. */
  readonly words: string;
  /** Why they can't be others. */
  readonly reason: string;
}

/** What Azure or a page of Microsoft says in its own words. An entry that no text holds any longer is complained of. */
export const quotations: readonly Quotation[] = [];

/** Names that VS Code's API gives, which can't be others. */
export const apiNames: readonly string[] = ["Beside"];

/** Names that keep their capitals within a sentence; titles of commands, views and buttons are known from their texts. */
export const properNames: readonly string[] = [
  // Products and services
  ...["Terraform", "Bicep", "Git Bash", "Az.Maintenance", "Az.Compute", "Connect-AzAccount"],
  ...["Microsoft", "Microsoft Entra", "Azure", "Azure Compute Gallery", "Azure Government", "Azure China"],
  ...["Resource Graph", "Resource Manager", "Resource Health", "Service Fabric", "Service Health"],
  ...[
    "Kubernetes",
    "Databricks",
    "Application Health",
    "Application Gateway",
    "Trusted Launch",
    "Compute Gallery",
  ],
  ...[
    "VS Code",
    "Node",
    "Linux",
    "Windows",
    "Windows Server",
    "Windows Update",
    "Markdown",
    "Maintenance Control",
  ],
  ...[
    "Ubuntu",
    "Marketplace",
    "OpenAPI",
    "Spot",
    "DevOps",
    "Batch",
    "Activity Log",
    "Fleet Report",
    "GitHub",
  ],
  // Values and roles of Azure, as Azure spells them
  ...[
    "Uniform",
    "Flexible",
    "Automatic",
    "Rolling",
    "Manual",
    "Standard",
    "Basic",
    "Bronze",
    "Silver",
    "Gold",
  ],
  ...["Reader", "Contributor", "Owner", "Guest", "Succeeded", "Failed", "Default", "Version", "Premium"],
  ...[
    "Day",
    "Week",
    "Week Saturday",
    "Month Last",
    "Month",
    "Pacific Standard Time",
    "Managed DevOps Pool",
    "Properties",
  ],
  // Buttons of VS Code
  "Back",
  // Labels of states
  ...["Scheduled", "No window", "Upgrades off", "Blocked", "Broken schedule", "Not set up", "Unknown"],
  // The calendar
  ...["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
  ...["January", "February", "March", "April", "May", "June", "July", "August"],
  ...["September", "October", "November", "December"],
];
