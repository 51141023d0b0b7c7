/** The thread in which a document is read: see document.ts. */
import { parentPort, workerData } from "node:worker_threads";
import type { DocumentAnswer } from "./document.ts";
import { UnreadableDocumentError } from "./document-line.ts";
import { readLines } from "./read-lines.ts";

async function read(bytes: Uint8Array): Promise<DocumentAnswer> {
  try {
    return { lines: await readLines(bytes) };
  } catch (thrown) {
    if (thrown instanceof UnreadableDocumentError) return { refused: thrown.message, remedy: thrown.remedy };
    throw thrown;
  }
}

parentPort?.postMessage(await read(workerData as Uint8Array));
