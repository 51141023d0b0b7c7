/** The thread in which a model is converted: see run-conversion.ts. */
import { once } from "node:events";
import { parentPort, workerData } from "node:worker_threads";
import { toArchivistError } from "../../contract/errors.ts";
import { type ConversionMessage, type ConversionRequest, toPlainError } from "./conversion-messages.ts";
import { openModel, writeConverted } from "./convert.ts";
import { findModelSource } from "./find-model-source.ts";
import type { SourceFile } from "./source-file.ts";

const send = (message: ConversionMessage): void => parentPort?.postMessage(message);

async function convert({ path, output, quantization }: ConversionRequest): Promise<void> {
  const source = findModelSource(path);
  if (source.format === "ggml" && quantization === undefined) {
    send({ kind: "ggml", file: source.file });
    return;
  }
  const files: SourceFile[] = [];
  try {
    const { model, outputBytes } = openModel(source, quantization, files);
    const answer = parentPort === null ? undefined : once(parentPort, "message");
    send({ kind: "opened", outputBytes });
    await answer;
    writeConverted(model, output, (share) => send({ kind: "progress", share }));
    send({ kind: "done" });
  } finally {
    for (const file of files) file.close();
  }
}

try {
  await convert(workerData as ConversionRequest);
} catch (thrown) {
  send({ kind: "refused", error: toPlainError(toArchivistError(thrown)) });
}
// Listening for an answer keeps a thread alive.
parentPort?.close();
