/**
 * Accesses a share in a separate process, so that a hanging share blocks nothing here: a call to a file server that is
 * unreachable can block for minutes, and Node has four threads for all file operations.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { ArchivistError } from "../contract/errors.ts";
import { blockSize, computeDigest, type Fingerprint, sampledOffsets } from "../platform/fingerprint.ts";
import { LineSplitter } from "../platform/process/line-splitter.ts";
import { OwnedProcess, type ProcessExit } from "../platform/process/owned-process.ts";
import { outsideArchive } from "../platform/shipped-files.ts";
import { systemFolders } from "./discovery/system-files.ts";

const name = process.platform === "win32" ? "share-probe.exe" : "share-probe";

/** Where `npm run native` puts the program. */
export const shareProbeBinary = outsideArchive(join(import.meta.dirname, "../../native/out/bin", name));

const checkSchema = z.union([
  z.object({ ok: z.literal(false), error: z.string() }),
  z.object({
    ok: z.literal(true),
    mountPoint: z.boolean(),
    realPath: z.string(),
    /** Why the folder cannot be listed; null when it can. */
    readError: z.string().nullable(),
    /** `ok`, or why the folder cannot be written to; null when it was not tried. */
    writing: z.string().nullable(),
    totalBytes: z.number().nullable(),
    freeBytes: z.number().nullable(),
    latencyMs: z.number(),
  }),
]);
/** Result of checking a folder; `hung` when it did not respond in time. */
export type FolderReport = z.infer<typeof checkSchema> | "hung";

const entrySchema = z.union([
  z.object({ p: z.string(), s: z.number().int().nonnegative(), m: z.number().int() }),
  z.object({ p: z.string(), e: z.string() }),
  z.object({ done: z.number().int() }),
]);

export interface ListedFile {
  /** Path relative to the share, with forward slashes. */
  readonly path: string;
  readonly size: number;
  readonly modifiedMs: number;
}

export interface Listing {
  /** Folders and files that could not be read, with the name of the error. */
  readonly unreadable: readonly { readonly path: string; readonly error: string }[];
}

const headerSchema = z.union([
  z.object({ ok: z.literal(false), error: z.string() }),
  z.object({ ok: z.literal(true), size: z.number(), modifiedMs: z.number() }),
]);

/** Milliseconds allowed for starting and ending the process, in addition to the share's own deadline. */
const graceMs = 1_000;
const maxLineLength = 16_384;

export interface ShareProbeOptions {
  readonly binary?: string;
  /** Milliseconds without a response after which a share counts as hung. */
  readonly deadlineMs: number;
  /** Called with the id of each process that is started, so that a caller can count or measure them. */
  readonly onStart?: (pid: number | undefined) => void;
}

export class ShareProbe {
  readonly #binary: string;
  readonly #deadlineMs: number;
  readonly #onStart: (pid: number | undefined) => void;

  constructor({ binary = shareProbeBinary, deadlineMs, onStart }: ShareProbeOptions) {
    this.#binary = binary;
    this.#deadlineMs = deadlineMs;
    this.#onStart = onStart ?? (() => undefined);
  }

  /** Checks a folder. @param tryWriting writes, syncs and removes a one-byte file */
  async check(folder: string, tryWriting: boolean): Promise<FolderReport> {
    const deadline = ["--deadline", String(Math.ceil(this.#deadlineMs))];
    const child = this.#start([...deadline, "check", ...(tryWriting ? ["--write"] : []), folder]);
    const parts: Buffer[] = [];
    child.stdout.on("data", (bytes: Buffer) => parts.push(bytes));
    const exit = await within(child, this.#deadlineMs + graceMs);
    if (exit === "late" || exit.code === pastDeadline || exit.code === null) return "hung";
    return parse(checkSchema, Buffer.concat(parts).toString("utf8"), child);
  }

  /**
   * Lists all files below a folder. Links are not followed, and recycle bins, snapshots and folders of the server's own
   * are not entered.
   * @param onFile called for each file as it arrives
   * @throws ArchivistError `share.hung` when nothing came for too long, `tool.failed` when the list is incomplete,
   *   `interrupted`
   */
  async list(folder: string, onFile: (file: ListedFile) => void, signal?: AbortSignal): Promise<Listing> {
    const skipped = systemFolders.flatMap((name) => ["--skip", name]);
    const child = this.#start(["list", ...skipped, folder], { stallMs: this.#deadlineMs + graceMs, signal });
    const unreadable: { path: string; error: string }[] = [];
    let isWhole = false;
    const splitter = new LineSplitter(maxLineLength, (line) => {
      const entry = entrySchema.safeParse(parseLine(line)).data;
      if (entry === undefined) return;
      if ("done" in entry) isWhole = true;
      else if ("e" in entry) unreadable.push({ path: entry.p, error: entry.e });
      else onFile({ path: entry.p, size: entry.s, modifiedMs: entry.m });
    });
    child.stdout.on("data", (bytes: Buffer) => {
      child.touch();
      splitter.push(bytes);
    });
    child.stdout.on("end", () => splitter.end());
    const exit = await reaped(child);
    if (signal?.aborted) throw new ArchivistError("interrupted");
    if (exit.stalled) throw new ArchivistError("share.hung", { subject: folder });
    if (!isWhole || exit.code !== 0) {
      throw new ArchivistError("tool.failed", {
        subject: folder,
        cause: "the list of its files was cut short",
        underlying: child.stderrTail(),
      });
    }
    return { unreadable };
  }

  /**
   * Computes the fingerprint of a file, as `lib/fingerprint` does.
   * @param size its size as listed, which determines the positions to read
   * @throws ArchivistError `file.missing`, `file.unreadable`, `file.changed`, `share.hung`, `interrupted`
   */
  async fingerprint(file: string, size: number, signal?: AbortSignal): Promise<Fingerprint> {
    const offsets = sampledOffsets(size);
    const child = this.#start(["read", file, String(blockSize), ...offsets.map(String)], {
      stallMs: this.#deadlineMs + graceMs,
      signal,
    });
    const parts: Buffer[] = [];
    child.stdout.on("data", (bytes: Buffer) => {
      child.touch();
      parts.push(bytes);
    });
    const exit = await reaped(child);
    if (signal?.aborted) throw new ArchivistError("interrupted");
    if (exit.stalled) throw new ArchivistError("share.hung", { subject: file });
    const bytes = Buffer.concat(parts);
    const end = bytes.indexOf("\n");
    const header = parse(headerSchema, bytes.toString("utf8", 0, Math.max(0, end)), child);
    if (!header.ok) {
      const denied = header.error === "EACCES" || header.error === "EPERM";
      throw new ArchivistError(denied ? "file.unreadable" : "file.missing", { subject: file });
    }
    const blocks = bytes.subarray(end + 1);
    const expected = offsets.reduce((sum, offset) => sum + Math.min(blockSize, size - offset), 0);
    if (header.size !== size || blocks.length !== expected) throw new ArchivistError("file.changed", { subject: file });
    return { hash: computeDigest(size, [blocks]), size, modifiedMs: header.modifiedMs };
  }

  #start(
    args: readonly string[],
    options: { readonly stallMs?: number; readonly signal?: AbortSignal | undefined } = {},
  ): OwnedProcess {
    if (!existsSync(this.#binary)) {
      throw new ArchivistError("tool.missing", {
        cause: "the program that looks at shares has not been built",
        remedy: "Run `npm run native` once.",
      });
    }
    const child = new OwnedProcess({ name: "share-probe", command: this.#binary, args, killAfterMs: 200, ...options });
    this.#onStart(child.pid);
    return child;
  }
}

/** Exit code of the program when it ended itself at its deadline. */
const pastDeadline = 3;

/**
 * Waits for a process to exit, at most `ms` milliseconds. One that hangs in the kernel cannot be reaped: abandon it.
 */
async function within(child: OwnedProcess, ms: number): Promise<ProcessExit | "late"> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(() => {
      void child.stop();
      resolve("late");
    }, ms);
  });
  const exit = await Promise.race([child.exit, late]);
  clearTimeout(timer);
  return exit;
}

/** Like `exit`, but does not wait for a stalled process that not even SIGKILL ends. */
async function reaped(child: OwnedProcess): Promise<ProcessExit> {
  const stuck = new Promise<ProcessExit>((resolve) => {
    child.onStall(() => {
      const exit = { code: null, signal: null, stalled: true, stopped: false, spawnError: undefined };
      setTimeout(() => resolve(exit), graceMs).unref();
    });
  });
  return Promise.race([child.exit, stuck]);
}

function parseLine(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function parse<T>(schema: z.ZodType<T>, text: string, child: OwnedProcess): T {
  const parsed = schema.safeParse(parseLine(text));
  if (parsed.success) return parsed.data;
  throw new ArchivistError("tool.failed", {
    cause: "the program that looks at shares gave an answer that cannot be read",
    underlying: [text, ...child.stderrTail()],
  });
}
