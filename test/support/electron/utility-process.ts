/** A double of `utilityProcess.fork` based on a plain Node process. */
import { type ChildProcess, fork } from "node:child_process";
import { EventEmitter } from "node:events";
import { join } from "node:path";
import type { ForkOptions } from "electron";
import type { PortDouble } from "./ports.ts";

const prelude = join(import.meta.dirname, "utility-prelude.mjs");

interface FromChild {
  readonly port?: number;
  readonly data?: unknown;
  readonly isClosed?: boolean;
}

export class UtilityProcessDouble extends EventEmitter {
  readonly #child: ChildProcess;
  readonly #ports = new Map<number, PortDouble>();
  #nextPort = 1;
  pid: number | undefined;

  constructor(modulePath: string, args: readonly string[], options: ForkOptions) {
    super();
    this.#child = fork(modulePath, [...args], {
      env: options.env as NodeJS.ProcessEnv,
      execArgv: ["--import", prelude],
      serialization: "advanced",
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    // As in Electron, the pid is known only after the process has spawned.
    this.#child.once("spawn", () => {
      this.pid = this.#child.pid;
      this.emit("spawn");
    });
    this.#child.on("message", (message) => this.#hear(message as FromChild));
    this.#child.once("exit", (code) => {
      this.pid = undefined;
      for (const port of this.#ports.values()) port.close();
      this.emit("exit", code ?? 1);
    });
    this.#child.on("error", () => undefined);
  }

  get stdout() {
    return this.#child.stdout;
  }

  get stderr() {
    return this.#child.stderr;
  }

  postMessage(data: unknown, transfer: readonly PortDouble[] = []): void {
    const ports = transfer.map((port) => {
      const id = this.#nextPort++;
      this.#ports.set(id, port);
      port.on("message", ({ data: own }: { readonly data: unknown }) => this.#send({ port: id, data: own }));
      port.once("close", () => this.#send({ port: id, isClosed: true }));
      port.start();
      return id;
    });
    this.#send({ data, ports });
  }

  kill(): boolean {
    return this.#child.kill("SIGKILL");
  }

  #send(message: object): void {
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }

  #hear({ port, data, isClosed }: FromChild): void {
    if (port === undefined) this.emit("message", data);
    else if (isClosed) this.#ports.get(port)?.close();
    else this.#ports.get(port)?.postMessage(data);
  }
}
