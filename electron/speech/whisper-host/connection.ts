/** One run of the whisper-host process: sends requests, receives responses and events, and handles its death. */
import type { Logger } from "../../config/logger.ts";
import { ArchivistError, type ErrorCode } from "../../contract/errors.ts";
import { LineSplitter } from "../../platform/process/line-splitter.ts";
import { OwnedProcess, type ProcessExit } from "../../platform/process/owned-process.ts";
import { ProgressWatchdog } from "../../platform/process/progress-watchdog.ts";
import { describeEnding } from "../process-ending.ts";
import { type HostAnswer, type HostHello, type HostMessage, hostMessageSchema, protocolVersion } from "./messages.ts";

/** Maximum length of a line; a segment with a thousand words is far below this. */
const maxLineLength = 4 * 1024 * 1024;
/** Before its first message, a host may have to try several instruction levels (native/whisper-host/PROTOCOL.md, "Levels"). */
const helloMs = 60_000;
/**
 * How often OpenMP's threads poll for work before they sleep. The default of 300,000 takes the processor from the
 * threads that sort a beam's hypotheses, and from every other program: with 1,000 a beam of five takes 16.9 s instead
 * of 20.9, and two engines at once 5.5 s each instead of 6.7 (tiny model, two cores); no polling at all costs 20 % when
 * run alone.
 */
const spinCount = "1000";

export interface ConnectionOptions {
  readonly binary: string;
  readonly logger: Logger;
  /** Milliseconds without progress of a request after which the host is ended. */
  readonly stallMs: number;
  /** File in which the host remembers which instructions work on this processor; undefined: it does not try them. */
  readonly proofFile?: string;
  /** Name of an instruction level that has failed at work. */
  readonly below?: string;
}

interface OpenRequest {
  readonly onEvent: (message: HostMessage) => void;
  readonly resolve: (message: HostAnswer) => void;
  readonly reject: (error: ArchivistError) => void;
}

const errorCodes: Readonly<Record<string, ErrorCode>> = {
  "model-missing": "model.missing",
  "model-invalid": "model.invalid",
  "model-truncated": "model.truncated",
  "unknown-language": "model.language",
  "out-of-memory": "engine.out-of-memory",
  cancelled: "interrupted",
  processor: "engine.processor",
};

/** The error to report when the host ends, set before its exit status is known. */
type Ending = { readonly code: ErrorCode; readonly cause?: string };

export class HostConnection {
  readonly #hello = Promise.withResolvers<HostHello>();
  readonly #process: OwnedProcess;
  readonly #options: ConnectionOptions;
  readonly #open = new Map<number, OpenRequest>();
  #nextId = 1;
  #greeted = false;
  #ending: Ending | undefined;
  readonly #watchdog: ProgressWatchdog;
  #lastWork = -1;
  #level: string | undefined;
  #trappedLevel: string | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    const seconds = Math.round(options.stallMs / 1000);
    this.#watchdog = new ProgressWatchdog(options.stallMs, () => {
      const cause = `the speech engine made no progress for ${seconds} seconds and was ended`;
      this.#end({ code: "tool.stalled", cause });
    });
    this.#process = new OwnedProcess({
      name: "the speech engine",
      command: options.binary,
      args: [
        ...(options.proofFile === undefined ? [] : ["--proof", options.proofFile]),
        ...(options.below === undefined ? [] : ["--below", options.below]),
      ],
      stdin: "pipe",
      environment: { GOMP_SPINCOUNT: process.env.GOMP_SPINCOUNT ?? spinCount },
      onStderrLine: (line) => options.logger.debug("whisper-host", { line }),
    });
    // A write to a process that has just died; its exit status is what counts.
    this.#process.stdin.on("error", () => undefined);
    const splitter = new LineSplitter(maxLineLength, (line, complete) => this.#take(line, complete));
    this.#process.stdout.on("data", (bytes: Buffer) => splitter.push(bytes));
    this.#process.stdout.on("error", () => undefined);
    // Prevents an unhandled rejection: the caller may await it after it has failed.
    this.#hello.promise.catch(() => undefined);
    const greeting = setTimeout(() => {
      this.#end({ code: "tool.stalled", cause: "the speech engine did not start" });
    }, helloMs);
    this.#hello.promise.finally(() => clearTimeout(greeting)).catch(() => undefined);
    void this.#process.exit.then((exit) => {
      this.#watchdog.rest();
      const error = this.#endingError(exit);
      if (error.code === "engine.instruction") this.#trappedLevel = this.#level;
      this.#hello.reject(error);
      for (const request of this.#open.values()) request.reject(error);
      this.#open.clear();
    });
  }

  /** The host's first message, which describes it. */
  get hello(): Promise<HostHello> {
    return this.#hello.promise;
  }

  /** False once the process has ended or is ending. */
  get alive(): boolean {
    return !this.#process.ended && this.#ending === undefined;
  }

  /** The instruction level at which the host has died of an instruction that the processor refused. */
  get trappedLevel(): string | undefined {
    return this.#trappedLevel;
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /**
   * Sends a request and waits for its response.
   * @throws ArchivistError what the host reported, `engine.crashed`, `engine.protocol`, `tool.stalled`
   */
  async request(
    body: Readonly<Record<string, unknown>>,
    onEvent: (message: HostMessage) => void = () => undefined,
    signal?: AbortSignal,
  ): Promise<HostAnswer> {
    await this.hello;
    if (signal?.aborted) throw new ArchivistError("interrupted");
    if (!this.alive) throw this.#endingError();
    const id = this.#nextId++;
    const answer = new Promise<HostAnswer>((resolve, reject) => this.#open.set(id, { onEvent, resolve, reject }));
    const onAbort = (): void => this.#cancel(id);
    signal?.addEventListener("abort", onAbort, { once: true });
    this.#write({ ...body, id });
    this.#watchdog.touch();
    try {
      return await answer;
    } finally {
      signal?.removeEventListener("abort", onAbort);
      this.#open.delete(id);
      if (this.#open.size === 0) this.#watchdog.rest();
    }
  }

  /** Ends the process; open requests fail as interrupted. */
  async close(): Promise<void> {
    this.#ending ??= { code: "interrupted" };
    this.#process.stdin.end();
    await this.#process.stop();
  }

  #write(message: Readonly<Record<string, unknown>>): void {
    this.#process.stdin.write(`${JSON.stringify(message)}\n`);
  }

  /** A cancel that is not obeyed within a second is enforced, so that callers do not wait for a hung engine. */
  #cancel(id: number): void {
    this.#write({ type: "cancel", id: this.#nextId++, target: id });
    const enforce = setTimeout(() => {
      if (this.#open.has(id)) this.#end({ code: "interrupted" });
    }, 800);
    enforce.unref();
  }

  #end(ending: Ending): void {
    this.#ending ??= ending;
    void this.#process.stop();
  }

  #take(line: string, complete: boolean): void {
    const message = complete ? parseMessage(line) : undefined;
    if (message === undefined) {
      this.#options.logger.error("whisper-host sent an unreadable line", { line: line.slice(0, 500) });
      this.#end({ code: "engine.protocol" });
      return;
    }
    if (!this.#greeted) {
      this.#greet(message);
      return;
    }
    if (message.type === "cancelling") return;
    if (message.type === "hello") {
      this.#end({ code: "engine.protocol" });
      return;
    }
    const request = message.id === null ? undefined : this.#open.get(message.id);
    if (message.type === "heartbeat") {
      if (message.work !== this.#lastWork && this.#open.size > 0) this.#watchdog.touch();
      this.#lastWork = message.work;
      return;
    }
    if (this.#open.size > 0) this.#watchdog.touch();
    switch (message.type) {
      case "error":
        this.#options.logger.warn("whisper-host reported an error", { code: message.code, message: message.message });
        request?.reject(hostError(message.code, message.message));
        return;
      case "loaded":
      case "unloaded":
      case "done":
      case "language":
      case "speech":
      case "measured":
        request?.resolve(message);
        return;
      default:
        request?.onEvent(message);
    }
  }

  #greet(message: HostMessage): void {
    this.#greeted = true;
    if (message.type === "hello" && message.protocol === protocolVersion) {
      this.#level = message.level?.name;
      if (message.level !== undefined && message.level.refused.length > 0) {
        this.#options.logger.warn("instructions that do not work on this processor", { ...message.level });
      }
      this.#hello.resolve(message);
    } else if (message.type === "error" && errorCodes[message.code] !== undefined) {
      this.#options.logger.error("whisper-host cannot start", { message: message.message });
      this.#end({ code: errorCodes[message.code] ?? "engine.failed" });
    } else this.#end({ code: "engine.protocol", cause: "the speech engine does not fit this version of Archivist" });
  }

  #endingError(exit?: ProcessExit): ArchivistError {
    const spawnError = exit?.spawnError;
    if (spawnError?.code === "ENOENT" || spawnError?.code === "EACCES") {
      return new ArchivistError("engine.missing", { underlying: spawnError });
    }
    if (this.#ending === undefined) {
      const { code, ...described } = describeEnding(exit);
      return new ArchivistError(code, { ...described, underlying: spawnError ?? this.#process.stderrTail() });
    }
    const { code, cause } = this.#ending;
    return new ArchivistError(code, {
      underlying: this.#process.stderrTail(),
      ...(cause === undefined ? {} : { cause }),
    });
  }
}

function parseMessage(line: string): HostMessage | undefined {
  try {
    return hostMessageSchema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}

function hostError(code: string, message: string): ArchivistError {
  const known = errorCodes[code];
  if (known !== undefined) return new ArchivistError(known, { underlying: message });
  return new ArchivistError("engine.failed", {
    cause: `the speech engine reported an error (${message})`,
    underlying: code,
  });
}
