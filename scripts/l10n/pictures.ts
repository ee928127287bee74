// Pictures of every view and page in pseudo-localised texts, and the words among them that are English still.
import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Locator } from "playwright-core";
import { eventually } from "../../test/support/eventually.ts";
import { packedExtension } from "../../test/support/extension.ts";
import { Workbench } from "../../test/support/workbench.ts";
import { artifact } from "../lib/artifacts.ts";
import { startSandbox } from "../lib/sandbox.ts";
import { scratchFolder } from "../lib/scratch.ts";
import { installExtensions } from "../vscode/server.ts";
import { findCut, textsIn } from "./inPage.ts";
import { pseudoLanguage, pseudoText } from "./pseudo.ts";
import { fileNames, files, readTexts, type Texts } from "./texts.ts";

/** Commands that ask, each taken through its first rows up to its review, which is left. */
const asking = [
  ...["setUp", "associate", "createConfiguration", "editConfiguration", "pauseConfiguration"],
  ...["deleteConfiguration", "moveScaleSets", "removeAssociation", "cleanUpAssociations"],
  ...["enableAutomaticUpgrades", "disableAutomaticUpgrades", "editUpgradePolicy", "startUpgrade"],
  ...["groupFleet", "filterFleet", "goToScaleSet", "selectSubscriptions", "checkImageVersions"],
  ...["exportFleetReport", "exportUpcomingWindows", "exportUpgradeHistory", "undoPlan", "showPlanResults"],
];

/** Commands that open a page, once a scale set is chosen where they ask for one. */
const paging = ["fleetReport", "explainEligibility", "upgradeHistory"];

/** The most steps of one command. */
const maxSteps = 9;

/** The most screens of one page. */
const maxScreens = 8;

/** Where the extension shows something in the window itself. */
const places = [
  ...[".part.sidebar .pane-body", ".part.sidebar .pane-header", ".quick-input-widget", ".monaco-dialog-box"],
  ...[".notification-list-item", ".gettingStartedContainer", ".monaco-menu", ".setting-item-contents"],
  ...[".part.statusbar [id^='scale-set-maintenance']"],
].join(", ");

/** For a text that is about to come, in milliseconds. */
const patienceMs = 10_000;

/** Takes the pictures, and answers the folder they are in. */
export async function takePictures(): Promise<string> {
  const folder = artifact("pseudo");
  mkdirSync(folder, { recursive: true });
  for (const old of readdirSync(folder)) rmSync(join(folder, old), { recursive: true });
  await using scratch = scratchFolder("pseudo");
  await using sandbox = await startSandbox();
  const { env, settings } = sandbox.access;
  const extensionsFolder = join(scratch.path, "extensions");
  await installExtensions(extensionsFolder, [await packedExtension()]);
  addPseudoTexts(extensionsFolder);
  await using workbench = await Workbench.open({
    extensionsFolder,
    env,
    settings: { ...settings, "scaleSetMaintenance.sandbox.openAtStartup": false },
    language: pseudoLanguage,
  });
  await new Session(workbench).play();
  return folder;
}

/** They are not packed, so they are put into the folder in which the extension is installed. */
function addPseudoTexts(extensionsFolder: string): void {
  const [installed = ""] = readdirSync(extensionsFolder).filter((name) => name.startsWith("scale-set-"));
  for (const name of fileNames) {
    const file = files[name](pseudoLanguage);
    const within = name === "bundle" ? "l10n" : "";
    copyFileSync(file, join(extensionsFolder, installed, within, basename(file)));
  }
}

class Session {
  readonly #workbench: Workbench;
  readonly #titles: Texts = readTexts("manifest");
  readonly #english = englishWords();
  readonly #found = new Map<string, string>();
  #pictures = 0;

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
  }

  async play(): Promise<void> {
    const { page } = this.#workbench;
    await this.#workbench.openContainer(this.#titled("container.title"));
    await this.#workbench.widenSideBar(420);
    await this.#scene("welcome", async () => {
      await page.getByText(this.#titled("welcome.upcoming.signedOut")).first().waitFor();
    });
    await this.#scene("walkthrough", async () => {
      await page.locator(".pane-body a:not(.monaco-button)", { hasText: /kth/ }).first().click();
      await page.locator(".gettingStartedContainer .step-title").first().waitFor();
    });
    await this.#run("openSandbox");
    await page.locator(".part.sidebar .monaco-list-row").first().waitFor({ timeout: 60_000 });
    await this.#workbench.run("View: Close All Editors");
    for (const view of ["upcoming", "activity", "fleet"]) {
      for (const other of ["upcoming", "activity", "fleet"]) {
        await this.#workbench.setOpen(this.#titled(`view.${other}.name`), other === view);
      }
      await this.#scene(view, () => this.#expand());
    }
    await this.#scene("menu", async () => {
      await page.keyboard.press("Shift+F10");
      await page.locator(".monaco-menu").first().waitFor();
    });
    // A click next to a menu closes it wherever the keyboard is.
    await page.mouse.click(1000, 700);
    await page.locator(".monaco-menu").first().waitFor({ state: "detached" });
    for (const command of paging) await this.#page(command);
    for (const command of asking) await this.#ask(command);
    await this.#ask("disableAutomaticUpgrades", true);
    await this.#workbench.setOpen(this.#titled("view.fleet.name"), false);
    await this.#workbench.setOpen(this.#titled("view.activity.name"), true);
    await this.#scene("changes", () => this.#expand());
    await this.#ask("showPlanResults");
    await this.#pages("plan");
    await this.#scene("settings", async () => {
      await this.#workbench.run("Preferences: Open Settings (UI)");
      await page.keyboard.type("@ext:scale-set-maintenance.azure-scale-set-maintenance");
      await page.locator(".settings-editor .setting-item-contents").nth(3).waitFor();
    });
    const lines = [...this.#found].map(([text, where]) => `${where}: ${text}`).toSorted();
    writeFileSync(artifact("pseudo/english.txt"), `${lines.join("\n")}\n`);
    console.log(
      `${this.#pictures} pictures; ${lines.length} texts with English words, in english.txt next to them`,
    );
  }

  /** A text of package.nls.json, its first line. */
  #titled(key: string): string {
    return pseudoText(this.#titles[key] ?? key).split("\n")[0] ?? "";
  }

  async #run(command: string): Promise<void> {
    await this.#workbench.run(`${this.#titled("category")}: ${this.#titled(`command.${command}.title`)}`);
    const { input, widget } = this.#workbench.quickInput;
    await eventually(async () => {
      const isPalette = (await widget.isVisible()) && (await input.inputValue()).startsWith(">");
      assert.ok(!isPalette, "the palette is still open");
    });
  }

  /** Brings something up and takes a picture, also of what stands there where it does not come. */
  async #scene(name: string, bringUp: () => Promise<unknown>): Promise<void> {
    await bringUp().catch((error: unknown) => console.log(`${name}: ${String(error).split("\n")[0]}`));
    this.#pictures += 1;
    await this.#workbench.screenshot(`pseudo/${String(this.#pictures).padStart(3, "0")}-${name}.png`);
    await this.#readTexts(name);
  }

  /** Opens every row of the tree that has the focus, as far as fits. */
  async #expand(): Promise<void> {
    const { page } = this.#workbench;
    const rows = page.locator(".part.sidebar .monaco-list-row").filter({ visible: true });
    // A view without rows says what it is for.
    if (!(await succeeds(rows.first().click({ timeout: 3000 })))) return;
    for (let row = 0; row < 24; row += 1) {
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("ArrowDown");
    }
  }

  async #page(command: string): Promise<void> {
    await this.#run(command);
    if (await succeeds(this.#workbench.quickInput.widget.waitFor({ timeout: 4000 }))) {
      await this.#scene(command, () => this.#settled());
      await this.#firstRows();
    }
    await this.#pages(command);
    await this.#workbench.run("View: Close All Editors");
  }

  /** Pictures of the page in front, screen by screen. */
  async #pages(name: string): Promise<void> {
    const body = this.#body();
    const hasCome = eventually(
      async () => assert.ok((await body.innerText({ timeout: 2000 })).length > 40),
      patienceMs,
    );
    if (!(await succeeds(hasCome))) return console.log(`${name}: no page`);
    const screens = await body.evaluate<number, never>("Math.ceil(document.body.scrollHeight / innerHeight)");
    for (let screen = 0; screen < Math.min(screens, maxScreens); screen += 1) {
      await this.#scene(`${name}-page`, () => body.evaluate(`scrollTo(0, ${screen} * innerHeight)`));
    }
    const cut = await body.evaluate<string[], never>(findCut);
    for (const text of new Set(cut)) this.#found.set(text, `${name} (cut)`);
  }

  /** The body of the page in front. */
  #body(): Locator {
    const outer = this.#workbench.page.locator("iframe.webview").filter({ visible: true }).first();
    return outer.contentFrame().locator("iframe#active-frame").contentFrame().locator("body");
  }

  /** Goes through a command's steps by their first rows, to its review. */
  async #ask(command: string, apply = false): Promise<void> {
    const { quickInput, page } = this.#workbench;
    await this.#run(command).catch(() => console.log(`${command}: not in the palette`));
    for (let step = 1; step <= maxSteps; step += 1) {
      if (!(await succeeds(quickInput.widget.waitFor({ timeout: 4000 })))) break;
      const title = await quickInput.title();
      await this.#scene(`${command}-${step}`, () => this.#settled());
      const isReview = title.includes(pseudoText("Review"));
      if (isReview && !apply) break;
      await this.#firstRows();
      if (isReview) break;
      await eventually(async () => {
        if ((await quickInput.widget.isVisible()) && (await quickInput.title()) === title)
          throw new Error("same");
      }, 4000).catch(() => (step = maxSteps));
    }
    const dialog = page.locator(".monaco-dialog-box");
    if (await dialog.isVisible()) {
      await this.#scene(`${command}-dialog`, () => Promise.resolve());
      if (apply) await dialog.getByRole("button").nth(1).click();
      else await page.keyboard.press("Escape");
    }
    await page.keyboard.press("Escape");
    await this.#scene(`${command}-end`, () => Promise.resolve());
    await page.keyboard.press("Escape");
  }

  /** Takes the first row of a step; where several can be chosen, the second alone: the first is of another service. */
  async #firstRows(): Promise<void> {
    const { quickInput } = this.#workbench;
    if (!(await quickInput.widget.isVisible())) return;
    await this.#settled().catch(() => undefined);
    const rows = quickInput.widget.locator(".monaco-list-row").filter({ visible: true });
    const boxes = rows.locator(".monaco-checkbox");
    const count = await boxes.count();
    if (count > 0) await boxes.nth(Math.min(1, count - 1)).click();
    const isEmpty = (await rows.count()) === 0 && (await quickInput.input.inputValue()) === "";
    if (isEmpty) await quickInput.type("mc-name");
    await quickInput.accept();
  }

  /** Waits until a step shows what it has to show: its rows, where it is a list. */
  async #settled(): Promise<void> {
    const { widget } = this.#workbench.quickInput;
    await eventually(async () => {
      assert.equal(await widget.locator(".quick-input-progress.active").count(), 0, "it is loading");
      const style = await widget.locator(".quick-input-list").getAttribute("style");
      const isBox = /display: *none/.test(style ?? "");
      const rows = widget.locator(".monaco-list-row").filter({ visible: true });
      assert.ok(isBox || (await rows.count()) > 0, "it has no rows");
    }, patienceMs);
  }

  /** Collects what is English in all that the extension shows. */
  async #readTexts(where: string): Promise<void> {
    const { page } = this.#workbench;
    const shown = await page.locator(places).filter({ visible: true }).evaluateAll(textsIn);
    if ((await page.locator("iframe.webview").filter({ visible: true }).count()) > 0) {
      shown.push(...(await this.#body().evaluateAll(textsIn)));
    }
    for (const text of shown) {
      const words = (text.match(/(?<![\w.@/-])[A-Za-z]{3,}(?![\w.@/-])/g) ?? []).filter((word) =>
        this.#english.has(word.toLowerCase()),
      );
      if (words.length > 0 && !this.#found.has(text)) this.#found.set(text, `${where} (${words.join(" ")})`);
    }
  }
}

function succeeds(work: Promise<unknown>): Promise<boolean> {
  return work.then(
    () => true,
    () => false,
  );
}

/** The words of the English bundle. */
function englishWords(): ReadonlySet<string> {
  const texts = fileNames.flatMap((name) => Object.values(readTexts(name)));
  return new Set(
    texts
      .join(" ")
      .toLowerCase()
      .match(/[a-z]{3,}/g),
  );
}
