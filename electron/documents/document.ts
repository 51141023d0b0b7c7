/**
 * Reads the text of a document that a person provides (PDF, Word, web page, plain text), in a thread of its own with a
 * deadline and a limit of memory: no file can hold the station, whatever is in it.
 */
import { extname } from "node:path";
import { ArchivistError } from "../contract/errors.ts";
import { askLimitedThread, NoAnswerError } from "../platform/threads/ask-limited-thread.ts";
import type { DocumentLine } from "./document-line.ts";

/** What the thread answers: the lines, or why there are none. */
export type DocumentAnswer =
  | { readonly lines: readonly DocumentLine[] }
  | { readonly refused: string; readonly remedy: string | undefined };

export interface DocumentLimits {
  readonly deadlineMs: number;
  readonly memoryMb: number;
}

/** Two hundred pages of PDF take about two seconds and 150 MB. */
const defaultLimits: DocumentLimits = { deadlineMs: 30_000, memoryMb: 768 };

/** The thread's file has the ending of this one: TypeScript, or JavaScript where the program is installed. */
const workerFile = new URL(`./document-worker${extname(import.meta.filename)}`, import.meta.url);

const smaller = "Take the agenda alone, without attachments, or copy its text into a text file.";

function toRefusal(name: string, cause: string, remedy: string | undefined): ArchivistError {
  return new ArchivistError("document.unreadable", {
    subject: name,
    cause,
    ...(remedy === undefined ? {} : { remedy }),
  });
}

/**
 * @param name of the file, for the error
 * @throws ArchivistError `document.unreadable`
 */
export async function readDocument(
  name: string,
  bytes: Uint8Array,
  limits: DocumentLimits = defaultLimits,
): Promise<readonly DocumentLine[]> {
  const answer = await askLimitedThread<DocumentAnswer>(workerFile, { workerData: bytes, ...limits }).catch(
    (thrown: unknown) => {
      if (!(thrown instanceof NoAnswerError)) throw thrown;
      const causes = {
        memory: "it needs more memory to read than a document should",
        time: "it takes too long to read",
        ended: "reading it ended before it was done",
      };
      throw toRefusal(name, causes[thrown.reason], smaller);
    },
  );
  if ("refused" in answer) throw toRefusal(name, answer.refused, answer.remedy);
  return answer.lines;
}
