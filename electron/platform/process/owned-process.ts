/**
 * Owns a child process from spawn to reap (electron/README.md, "Decisions"): argument array, never a shell; scrubbed
 * environment; capped stderr; no-progress watchdog; TERM, then KILL; and the child never outlives an orderly exit of
 * this process.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { setPriority } from "node:os";
import type { Readable, Writable } from "node:stream";
import { ArchivistError } from "../../contract/errors.ts";
import { shippedFiles } from "../shipped-files.ts";
import { scrubbedEnvironment } from "./environment.ts";
import { LineSplitter } from "./line-splitter.ts";
import { ProgressWatchdog } from "./progress-watchdog.ts";

/** How to run a child process. */
export interface OwnedProcessOptions {
  /** Name of the program in messages to the user ("ffmpeg", "the speech engine"). */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Variables for the child in addition to this process's scrubbed ones. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether the caller writes to the child's standard input. Default: no input. */
  readonly stdin?: "pipe" | "ignore";
  /** Pipes that the child writes to besides stdout: its file descriptors from 3 on. */
  readonly morePipes?: number;
  /** Ends the child when aborted. */
  readonly signal?: AbortSignal | undefined;
  /** Ends the child when `touch()` was not called for this many milliseconds. */
  readonly stallMs?: number;
  /** Memory that the child may ask for, in bytes; undefined: any. On systems without `prlimit` nothing is limited. */
  readonly maxMemoryBytes?: number;
  /** Only takes what others leave of the processor. */
  readonly isBackground?: boolean;
  /** Milliseconds from TERM to KILL. */
  readonly killAfterMs?: number;
  /** Receives every line that the child writes to stderr. */
  readonly onStderrLine?: (line: string) => void;
}

/** How a child process ended. */
export interface ProcessExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** True when the watchdog ended it. */
  readonly stalled: boolean;
  /** True when `stop()` or the abort signal ended it. */
  readonly stopped: boolean;
  /** The program could not be started at all. */
  readonly spawnError: NodeJS.ErrnoException | undefined;
}

const stderrTailLines = 40;
const stderrLineLimit = 2_000;

/** Every running child, so that an orderly exit of this process ends them all. */
const living = new Set<ChildProcess>();

process.on("exit", () => {
  for (const child of living) signalGroup(child, "SIGKILL");
});

/**
 * On POSIX a child leads its own process group: Ctrl-C in a terminal then reaches only this process, which decides how
 * the child ends (otherwise ffmpeg's own reaction to Ctrl-C races with ours and looks like a failure).
 */
const ownGroup = process.platform !== "win32";

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (ownGroup) process.kill(-child.pid, signal);
    else child.kill(signal);
  } catch {
    // Already gone, which is the goal.
  }
}

/** What is started. */
type Start = Pick<OwnedProcessOptions, "command" | "args">;

/** util-linux; Debian and its kin always have it. It becomes the program, and keeps its process id. */
const prlimit = "/usr/bin/prlimit";
const hasPrlimit = process.platform === "linux" && existsSync(prlimit);

/** A file that is made for it can make a decoder ask for more memory than the machine has. */
function limitMemory({ command, args, maxMemoryBytes }: OwnedProcessOptions): Start {
  if (maxMemoryBytes === undefined || !hasPrlimit || !existsSync(command)) return { command, args };
  return { command: prlimit, args: [`--as=${maxMemoryBytes}`, "--", command, ...args] };
}

/** It becomes the program, and keeps its process id; all threads get its priority. Where it is elsewhere, the process is told. */
const nice = "/usr/bin/nice";
const hasNice = process.platform !== "win32" && existsSync(nice);
const backgroundNiceness = 19;

const giveWay = ({ command, args }: Start): Start =>
  hasNice ? { command: nice, args: ["-n", String(backgroundNiceness), "--", command, ...args] } : { command, args };

/** Windows makes "below normal" of it. A program that has ended already needs none. */
function lowerPriority(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, backgroundNiceness);
  } catch {
    // Gone, or not ours any more.
  }
}

/** A running child program. `exit` always settles and never rejects. */
export class OwnedProcess {
  readonly name: string;
  readonly exit: Promise<ProcessExit>;
  readonly #child: ChildProcess;
  readonly #killAfterMs: number;
  readonly #watchdog: ProgressWatchdog | undefined;
  readonly #stderrTail: string[] = [];
  readonly #stallListeners: (() => void)[] = [];
  #stopped = false;
  #stalled = false;
  #ended = false;
  #killTimer: NodeJS.Timeout | undefined;

  constructor(options: OwnedProcessOptions) {
    for (const arg of [options.command, ...options.args]) {
      // A NUL truncates an argument in C: the checked path and the used path would differ.
      if (arg.includes("\0")) throw new ArchivistError("file.missing", { cause: "the name contains a NUL byte" });
    }
    shippedFiles.requireUnchanged(options.command);
    this.name = options.name;
    this.#killAfterMs = options.killAfterMs ?? 1_000;
    if (options.stallMs !== undefined) {
      this.#watchdog = new ProgressWatchdog(options.stallMs, () => {
        this.#stalled = true;
        this.#terminate();
        for (const listener of this.#stallListeners) listener();
      });
    }
    const limited = limitMemory(options);
    const { command, args } = options.isBackground === true && existsSync(options.command) ? giveWay(limited) : limited;
    this.#child = spawn(command, [...args], {
      stdio: [
        options.stdin ?? "ignore",
        "pipe",
        "pipe",
        ...Array.from({ length: options.morePipes ?? 0 }, () => "pipe" as const),
      ],
      env: { ...scrubbedEnvironment(), ...options.environment },
      detached: ownGroup,
      windowsHide: true,
      shell: false,
    });
    living.add(this.#child);
    if (options.isBackground === true && !hasNice) lowerPriority(this.#child.pid);
    this.exit = this.#reap(options.signal);
    this.#readStderr(options.onStderrLine);
    this.touch();
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** The child's standard output. The reader has to call `touch()`. */
  get stdout(): Readable {
    return this.#child.stdout as Readable;
  }

  /** What the child writes to one of `morePipes`; `number` is its file descriptor, from 3 on. */
  pipe(number: number): Readable {
    return this.#child.stdio[number] as Readable;
  }

  /** The child's standard input; only with `stdin: "pipe"`. */
  get stdin(): Writable {
    return this.#child.stdin as Writable;
  }

  /** The last lines of stderr, for logs and error messages. */
  stderrTail(): readonly string[] {
    return this.#stderrTail;
  }

  /** Reports progress of the child to the watchdog. */
  touch(): void {
    if (!this.#ended) this.#watchdog?.touch();
  }

  /** Adds a listener for the watchdog's timeout; a child that hangs in the kernel may not even end then. */
  onStall(listener: () => void): void {
    this.#stallListeners.push(listener);
  }

  /** Ends the child: TERM, and KILL if it is still running after `killAfterMs`. Safe to call at any time. */
  stop(): Promise<ProcessExit> {
    if (!this.#ended) {
      this.#stopped = true;
      this.#terminate();
    }
    return this.exit;
  }

  #terminate(): void {
    signalGroup(this.#child, "SIGTERM");
    this.#killTimer ??= setTimeout(() => signalGroup(this.#child, "SIGKILL"), this.#killAfterMs);
    // A process that holds the pipes open (a grandchild) must not delay "close".
    this.#child.once("exit", () => {
      for (const stream of this.#child.stdio.slice(1)) stream?.destroy();
    });
  }

  #readStderr(onLine: ((line: string) => void) | undefined): void {
    const splitter = new LineSplitter(stderrLineLimit, (line) => {
      this.#stderrTail.push(line);
      if (this.#stderrTail.length > stderrTailLines) this.#stderrTail.shift();
      onLine?.(line);
    });
    this.#child.stderr?.on("data", (bytes: Buffer) => splitter.push(bytes));
    this.#child.stderr?.on("end", () => splitter.end());
  }

  #reap(signal: AbortSignal | undefined): Promise<ProcessExit> {
    const onAbort = (): void => void this.stop();
    if (signal?.aborted) queueMicrotask(onAbort);
    signal?.addEventListener("abort", onAbort, { once: true });
    return new Promise((resolve) => {
      const settle = (
        code: number | null,
        exitSignal: NodeJS.Signals | null,
        spawnError?: NodeJS.ErrnoException,
      ): void => {
        if (this.#ended) return;
        this.#ended = true;
        living.delete(this.#child);
        this.#watchdog?.rest();
        clearTimeout(this.#killTimer);
        signal?.removeEventListener("abort", onAbort);
        resolve({ code, signal: exitSignal, stalled: this.#stalled, stopped: this.#stopped, spawnError });
      };
      this.#child.once("error", (error: NodeJS.ErrnoException) => {
        if (this.#child.pid === undefined) settle(null, null, error);
      });
      this.#child.once("close", (code, exitSignal) => settle(code, exitSignal));
    });
  }
}
