/** The thread in which a caption file is read: see caption-file.ts. */
import { parentPort, workerData } from "node:worker_threads";
import { NotCaptionsError } from "../captions/formats/read.ts";
import type { ReadAnswer, ReadRequest } from "./caption-file.ts";
import { parseCaptionFile } from "./parse-caption-file.ts";

function read({ bytes, options }: ReadRequest): ReadAnswer {
  try {
    return { content: parseCaptionFile(bytes, options) };
  } catch (thrown) {
    if (thrown instanceof NotCaptionsError) return { refused: thrown.message };
    throw thrown;
  }
}

parentPort?.postMessage(read(workerData as ReadRequest));
