import { message, type Message } from "../../core/text/message.ts";
import { commentText } from "../code/comments.ts";
import type { CodeContext } from "../code/context.ts";
import { literal } from "./quoting.ts";

/** The functions that a script calls. */
export function functionLines(body: readonly string[], context: CodeContext): readonly string[] {
  const helpers = helpersIn(context);
  const wanted = new Set<string>();
  const want = (text: string) => {
    for (const { name, lines } of helpers) {
      if (wanted.has(name) || !text.includes(`${name} `)) continue;
      wanted.add(name);
      want(lines.join("\n"));
    }
  };
  want(body.join("\n"));
  return helpers.filter(({ name }) => wanted.has(name)).flatMap(({ lines }) => ["", ...lines]);
}

interface Helper {
  readonly name: string;
  readonly lines: readonly string[];
}

function helpersIn(context: CodeContext): readonly Helper[] {
  const comment = (words: Message) => `# ${commentText(words, context)}`;
  const spoken = (words: Message) => literal(`${commentText(words, context)} `);
  return [
    {
      name: "Invoke-Arm",
      lines: [
        comment(message("Sends a request. Invoke-AzRestMethod doesn't fail when Azure refuses.")),
        "function Invoke-Arm([string] $Method, [string] $Path, [string] $Payload, [switch] $NoWait) {",
        "    $call = @{ Method = $Method; Path = $Path }",
        "    if ($Payload) { $call['Payload'] = $Payload }",
        "    if (-not $NoWait) { $call['WaitForCompletion'] = $true }",
        "    $answer = Invoke-AzRestMethod @call",
        '    if ($answer.StatusCode -ge 400) { throw "$Method $Path ($($answer.StatusCode)): $($answer.Content)" }',
        "}",
      ],
    },
    {
      name: "Get-Arm",
      lines: [
        comment(message("Reads a resource; nothing if it doesn't exist.")),
        "function Get-Arm([string] $Path) {",
        "    $answer = Invoke-AzRestMethod -Method GET -Path $Path",
        "    if ($answer.StatusCode -eq 404) { return $null }",
        '    if ($answer.StatusCode -ge 400) { throw "GET $Path ($($answer.StatusCode)): $($answer.Content)" }',
        "    $answer.Content | ConvertFrom-Json",
        "}",
      ],
    },
    {
      name: "Get-Association",
      lines: [
        comment(message("Reads an association, as the list of its scale set has it.")),
        "function Get-Association([string] $List, [string] $Name) {",
        "    $found = Get-Arm $List",
        "    @($found.value) | Where-Object { $_.name -eq $Name } | Select-Object -First 1",
        "}",
      ],
    },
    {
      name: "Get-Value",
      lines: [
        comment(
          message(
            "The value of a resource's member, or the number of its members if the name starts with #.",
          ),
        ),
        "function Get-Value($Resource, [string] $Member) {",
        "    $value = $Resource",
        "    foreach ($part in $Member.TrimStart('#').Substring(1).Split('/')) {",
        "        $name = $part.Replace('~1', '/').Replace('~0', '~')",
        "        if ($null -ne $value) { $value = $value.PSObject.Properties[$name].Value }",
        "    }",
        "    if (-not $Member.StartsWith('#')) { return $value }",
        "    if ($null -eq $value) { return 0 }",
        "    @($value.PSObject.Properties).Count",
        "}",
      ],
    },
    {
      name: "Test-State",
      lines: [
        comment(
          message(
            "Whether a resource has the values of a state. Empty: it doesn't exist. *: any. Azure doesn't keep the case of ids, or the blanks in names of regions.",
          ),
        ),
        "function Test-State($Found, [string] $State, [string] $Defaults) {",
        "    if ($State -eq '') { return $null -eq $Found }",
        "    if ($null -eq $Found) { return $false }",
        "    if ($State -eq '*') { return $true }",
        "    $standard = if ($Defaults) { ConvertFrom-Json $Defaults }",
        "    foreach ($wanted in (ConvertFrom-Json $State).PSObject.Properties) {",
        "        $value = Get-Value $Found $wanted.Name",
        "        if ($null -eq $value -and $standard) { $value = $standard.PSObject.Properties[$wanted.Name].Value }",
        "        $texts = foreach ($one in @(, $value) + @(, $wanted.Value)) { \"$(ConvertTo-Json -InputObject $one -Compress -Depth 20)\".Replace(' ', '') }",
        "        if ($texts[0] -ne $texts[1]) { return $false }",
        "    }",
        "    $true",
        "}",
      ],
    },
    {
      name: "Test-Needed",
      lines: [
        comment(
          message(
            "True if a change is needed. False if it's done already. Stops if Azure has something that wasn't reviewed.",
          ),
        ),
        "function Test-Needed([string] $Title, $Found, [string[]] $Done, [string[]] $Reviewed, [string] $Defaults) {",
        `    foreach ($state in $Done) { if (Test-State $Found $state $Defaults) { Write-Host (${spoken(message("Already done:"))} + $Title); return $false } }`,
        "    foreach ($state in $Reviewed) { if (Test-State $Found $state $Defaults) { Write-Host $Title; return $true } }",
        `    throw (${spoken(message("Not done: this was changed after the review:"))} + $Title)`,
        "}",
      ],
    },
    {
      name: "Assert-State",
      lines: [
        comment(message("Stops unless Azure has what the change relies on.")),
        "function Assert-State([string] $Id, $Found, [string[]] $States, [string] $Defaults) {",
        "    foreach ($state in $States) { if (Test-State $Found $state $Defaults) { return } }",
        `    throw (${spoken(message("Stopped: this was changed after the review:"))} + $Id)`,
        "}",
      ],
    },
    {
      name: "Assert-Unused",
      lines: [
        comment(
          message("Stops if a scale set has an association with the configuration that wasn't reviewed."),
        ),
        "function Assert-Unused([string] $List, [string] $ConfigurationId, [string[]] $Reviewed) {",
        "    $found = Get-Arm $List",
        "    foreach ($one in @($found.value)) {",
        "        if ($one.properties.maintenanceConfigurationId -eq $ConfigurationId -and $Reviewed -notcontains $one.name) {",
        `            throw (${spoken(message("Stopped: a scale set that wasn't reviewed uses the configuration:"))} + $one.id)`,
        "        }",
        "    }",
        "}",
      ],
    },
    {
      name: "Wait-Association",
      lines: [
        comment(message("Waits until Azure lists the written association. Its lists lag by seconds.")),
        "function Wait-Association([string] $List, [string] $Name, [string] $ConfigurationId) {",
        "    for ($look = 0; $look -lt 24; $look++) {",
        "        $found = Get-Association $List $Name",
        "        if ([string] $found.properties.maintenanceConfigurationId -eq $ConfigurationId) { return }",
        "        Start-Sleep -Seconds 5",
        "    }",
        `    throw (${spoken(message("Azure accepted the change, but doesn't show it yet:"))} + $Name)`,
        "}",
      ],
    },
    {
      name: "Wait-ScaleSet",
      lines: [
        comment(
          message("Waits while Azure works on a scale set, because it refuses other changes until then."),
        ),
        "function Wait-ScaleSet([string] $Path, [switch] $Succeeded) {",
        "    for (;;) {",
        "        $state = (Get-Arm $Path).properties.provisioningState",
        "        if ($state -notin 'Creating', 'Updating', 'Deleting', 'Migrating') { break }",
        "        Start-Sleep -Seconds 10",
        "    }",
        `    if ($Succeeded -and $state -eq 'Failed') { throw (${spoken(message("Azure couldn't finish the change of:"))} + $Path) }`,
        "}",
      ],
    },
  ];
}
