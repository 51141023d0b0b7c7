/**
 * Reads captions from a file that a user provides, in a thread of its own with a deadline and a limit of memory: no
 * file can hold the station, whatever is in it.
 */
import { extname } from "node:path";
import type { ReadOptions } from "../captions/formats/caption-format.ts";
import type { CaptionFileContent } from "../captions/formats/read.ts";
import { ArchivistError } from "../contract/errors.ts";
import { askLimitedThread, NoAnswerError } from "../platform/threads/ask-limited-thread.ts";

/** What the thread is given. */
export interface ReadRequest {
  readonly bytes: Uint8Array;
  readonly options: ReadOptions;
}

/** What the thread answers: captions, or why there are none. */
export type ReadAnswer = { readonly content: CaptionFileContent } | { readonly refused: string };

interface ReadLimits {
  readonly deadlineMs: number;
  readonly memoryMb: number;
}

/** Six hours of captions take about a second and 200 MB on a slow computer. */
const defaultLimits: ReadLimits = { deadlineMs: 30_000, memoryMb: 1_024 };

/** The thread's file has the ending of this one: TypeScript, or JavaScript where the program is installed. */
const workerFile = new URL(`./caption-file-worker${extname(import.meta.filename)}`, import.meta.url);

function refuse(name: string, cause: string, remedy?: string): ArchivistError {
  return new ArchivistError("captions.unreadable", {
    subject: name,
    cause,
    ...(remedy === undefined ? {} : { remedy }),
  });
}

const otherExport = "Export the captions again as SCC, SRT or WebVTT, or divide the file into parts.";

function explainNoAnswer(name: string, { reason }: NoAnswerError, deadlineMs: number): ArchivistError {
  if (reason === "memory") return refuse(name, "it needs more memory to read than any caption file does", otherExport);
  if (reason === "ended") return refuse(name, "reading it ended before it was done");
  const seconds = Math.round(deadlineMs / 1000);
  return refuse(name, `it takes longer than ${seconds} s to read, which no caption file does`, otherExport);
}

/**
 * Reads captions of any supported format.
 * @param name of the file, for the error
 * @throws ArchivistError `captions.unreadable`
 */
export async function readCaptionFile(
  name: string,
  bytes: Uint8Array,
  options: ReadOptions = {},
  limits: ReadLimits = defaultLimits,
): Promise<CaptionFileContent> {
  const workerData: ReadRequest = { bytes, options };
  const answer = await askLimitedThread<ReadAnswer>(workerFile, { workerData, ...limits }).catch((thrown: unknown) => {
    throw thrown instanceof NoAnswerError ? explainNoAnswer(name, thrown, limits.deadlineMs) : thrown;
  });
  if ("refused" in answer) throw refuse(name, answer.refused);
  return answer.content;
}
