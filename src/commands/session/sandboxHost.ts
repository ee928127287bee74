import * as vscode from "vscode";
import { loadArm } from "../../azure/door.ts";
import type { Connection } from "../../azure/contracts.ts";
import { loadSandbox } from "../../sandbox/door.ts";
import type { Sandbox } from "../../sandbox/sandbox.ts";
import { Failure } from "../../ui/failure.ts";
import { readSandboxAddress } from "./sandboxAddress.ts";

/** Leads to the sandbox: the one in this process, kept while the window lives, or the one that the address setting names. */
export class SandboxHost {
  #sandbox: Sandbox | undefined;

  /** Throws Failure where the setting is not an address. */
  async connection(): Promise<Connection> {
    const { connectToEndpoint } = await loadArm();
    const address = addressSetting();
    if (address !== "") {
      const read = readSandboxAddress(address);
      if ("problem" in read) throw new Failure(read.problem, "scaleSetMaintenance.sandbox.address");
      return connectToEndpoint({ origin: "sandbox", ...read });
    }
    const { Sandbox, sandboxEndpoint, sandboxHttpClient } = await loadSandbox();
    this.#sandbox ??= new Sandbox({ fleet: "small" });
    return connectToEndpoint({
      origin: "sandbox",
      endpoint: sandboxEndpoint,
      token: this.#sandbox.token,
      httpClient: sandboxHttpClient(this.#sandbox),
    });
  }

  /** Whether the sandbox is this process's own, so that it can be put back to how it began. */
  get isInProcess(): boolean {
    return addressSetting() === "";
  }

  /** Where it is served, as the setting says; undefined where that is not an address or names none. */
  get servedAt(): string | undefined {
    const read = readSandboxAddress(addressSetting());
    return "problem" in read ? undefined : read.endpoint;
  }

  reset(): void {
    this.#sandbox?.reset();
  }
}

function addressSetting(): string {
  return vscode.workspace.getConfiguration("scaleSetMaintenance").get("sandbox.address", "").trim();
}
