/** What a command is called on, as nodes of the tree say it. */
export interface Target {
  readonly kind: string;
  readonly resourceId?: string | undefined;
  readonly subscriptionId?: string | undefined;
  /** Of a scale set that is to be fixed: its fixes are offered at once. */
  readonly fix?: true;
  /** Of a step whose changes are copied: its command. */
  readonly step?: "setUp" | "enableAutomaticUpgrades";
  /** Of a plan, its id in the journal, and of one of its changes the change's own. */
  readonly planId?: string;
  readonly changeId?: string;
}

/** The address of a link that runs a command of ours on one target, or on several at once. */
export function commandAddress(command: string, targets: readonly Target[]): string {
  const [only, ...others] = targets;
  const args = others.length === 0 ? [only] : [undefined, targets];
  return `command:scaleSetMaintenance.${command}?${encodeURIComponent(JSON.stringify(args))}`;
}

export function scaleSetTarget(id: string): Target {
  return { kind: "scaleSet", resourceId: id };
}

export function configurationTarget(id: string): Target {
  return { kind: "configuration", resourceId: id };
}

export function planTarget(planId: string): Target {
  return { kind: "appliedPlan", planId };
}
