import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Ran } from "./run.ts";

/** How a script ended. */
export interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly problem: string;
}

/**
 * Real bash, in which `az` is a function that asks the test's own process: a program would take a quarter of a second to start, and a script
 * calls dozens. `sleep` asks it too.
 */
export class Bash implements AsyncDisposable {
  readonly #folder = mkdtempSync(join(tmpdir(), "az-"));
  readonly #server = createServer((socket) => this.#serve(socket));
  #az: (words: readonly string[]) => Promise<Ran> = () => Promise.reject(new Error("Nobody answers az"));

  async open(): Promise<this> {
    await new Promise<void>((resolve) => void this.#server.listen(0, "127.0.0.1", resolve));
    const { port } = this.#server.address() as AddressInfo;
    writeFileSync(join(this.#folder, "az.bash"), functions(port));
    return this;
  }

  /** Runs a script to its end; `az` gets the words of each call. */
  async run(
    script: string,
    az: (words: readonly string[]) => Promise<Ran>,
    words: readonly string[] = [],
  ): Promise<Ended> {
    this.#az = az;
    const file = join(this.#folder, "script.sh");
    writeFileSync(file, script);
    const env = { PATH: "/usr/bin:/bin", BASH_ENV: join(this.#folder, "az.bash"), LC_ALL: "C.UTF-8" };
    const child = spawn("bash", [file, ...words], {
      cwd: this.#folder,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let [out, problem] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => void (out += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => void (problem += text));
    const status = await new Promise<number | null>((resolve, reject) =>
      child.once("error", reject).once("close", resolve),
    );
    return { status, out, problem };
  }

  #serve(socket: Socket): void {
    let words: string[] = [];
    let rest = "";
    socket.setEncoding("utf8").on("data", (text: string) => {
      const parts = (rest + text).split("\0");
      rest = parts.pop() ?? "";
      words = [...words, ...parts];
      const [count, ...own] = words;
      if (count === undefined || own.length < Number(count)) return;
      words = [];
      void this.#az(own).then(
        ({ status, out, problem }) => socket.end(`${status}\0${out}\0${problem}\0`),
        (error: unknown) => socket.end(`70\0\0${String(error)}\0`),
      );
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await new Promise<void>((resolve) => void this.#server.close(() => resolve()));
    rmSync(this.#folder, { recursive: true });
  }
}

function functions(port: number): string {
  return `
az() {
  local az_status az_out az_problem az_fd
  exec {az_fd}<>/dev/tcp/127.0.0.1/${port}
  printf '%s\\0' "$#" "$@" >&$az_fd
  IFS= read -r -d '' -u $az_fd az_status
  IFS= read -r -d '' -u $az_fd az_out
  IFS= read -r -d '' -u $az_fd az_problem
  exec {az_fd}>&-
  printf '%s' "$az_out"
  printf '%s' "$az_problem" >&2
  return "$az_status"
}
sleep() { az sleep "$1"; }
`;
}
