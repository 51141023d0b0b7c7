/** Converts a model in the thread of the test; the program does the same in one of its own. */
import { join } from "node:path";
import type { Quantization } from "../../../../electron/contract/model-quantization.ts";
import { openModel, writeConverted } from "../../../../electron/speech/conversion/convert.ts";
import { findModelSource } from "../../../../electron/speech/conversion/find-model-source.ts";
import type { SourceFile } from "../../../../electron/speech/conversion/source-file.ts";
import { temporaryFolder } from "../../temporary.ts";

/** @returns the path of the converted model */
export async function convert(path: string, quantization?: Quantization): Promise<string> {
  const output = join(temporaryFolder(), "converted.bin");
  const files: SourceFile[] = [];
  try {
    writeConverted(openModel(findModelSource(path), quantization, files).model, output, () => undefined);
  } finally {
    for (const file of files) file.close();
  }
  return output;
}
