/**
 * Real weights: faster-whisper's tiny.en and base, and the files that a converter in Python and whisper.cpp's own quantizer made
 * of them. They are in the folder that ARCHIVIST_BENCH_MODELS names: `ct2-NAME`, `ggml-NAME.bin` and `ggml-NAME-q8_0.bin`.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkRecognition } from "../../../electron/speech/models/recognition-check.ts";
import { convert } from "../../support/speech/conversion/convert.ts";
import { writeHuggingFace } from "../../support/speech/conversion/hugging-face-writer.ts";
import { readGgml } from "../../support/speech/conversion/tensors.ts";
import { writeOpenAi } from "../../support/speech/conversion/torch-writer.ts";
import { silentLogger } from "../../support/station/silent-logger.ts";
import { temporaryFolder } from "../../support/temporary.ts";

const folder = process.env.ARCHIVIST_BENCH_MODELS ?? "";
const hasModels = ["ct2-tiny.en/model.bin", "ct2-base/model.bin", "ggml-tiny.en.bin", "ggml-base-q8_0.bin"].every(
  (name) => folder !== "" && existsSync(join(folder, name)),
);
if (!hasModels) {
  process.stderr.write("Real models are not converted: ARCHIVIST_BENCH_MODELS names no folder that has them.\n");
}

/** Where the tensors begin: header, mel filters, words. */
function findTensors(file: Buffer): number {
  let at = 56 + file.readInt32LE(48) * file.readInt32LE(52) * 4;
  const count = file.readInt32LE(at);
  at += 4;
  for (let word = 0; word < count; word++) at += 4 + file.readInt32LE(at);
  return at;
}

function expectSame(actual: string, expected: string): void {
  const [one, other] = [readFileSync(actual), readFileSync(expected)];
  expect(one.length).toBe(other.length);
  const filters = 56 + one.readInt32LE(48) * one.readInt32LE(52) * 4;
  expect(one.subarray(0, 56).equals(other.subarray(0, 56)), "header").toBe(true);
  expect(one.subarray(filters, findTensors(one)).equals(other.subarray(filters, findTensors(other))), "words").toBe(
    true,
  );
  expect(one.subarray(findTensors(one)).equals(other.subarray(findTensors(other))), "tensors").toBe(true);
  // The filters of Python's converter were rounded once less than OpenAI's: they differ in the last bit.
  const [ours, theirs] = [one, other].map(
    (file) => new Float32Array(Uint8Array.from(file.subarray(56, filters)).buffer),
  );
  ours?.forEach((value, index) => {
    expect(Math.abs(value - (theirs?.[index] ?? 0))).toBeLessThanOrEqual(value * 2e-7 + 1e-16);
  });
}

describe.skipIf(!hasModels)("real weights", () => {
  test.each(["tiny.en", "base"])(
    "of %s become the same tensors as with Python, and are quantized the same",
    async (name) => {
      expectSame(await convert(join(folder, `ct2-${name}`)), join(folder, `ggml-${name}.bin`));
      expectSame(await convert(join(folder, `ct2-${name}`), "q8_0"), join(folder, `ggml-${name}-q8_0.bin`));
    },
  );

  test("from OpenAI's and Hugging Face's formats become the same file", async () => {
    const model = readGgml(join(folder, "ggml-tiny.en.bin"));
    const reference = readFileSync(await convert(join(folder, "ct2-tiny.en"), "q8_0"));
    const openAi = join(temporaryFolder(), "tiny.en.pt");
    writeOpenAi(openAi, model);
    expect(readFileSync(await convert(openAi, "q8_0")).equals(reference)).toBe(true);
    const huggingFace = temporaryFolder();
    writeHuggingFace(huggingFace, model, { weights: "sharded", words: model.words });
    expect(readFileSync(await convert(huggingFace, "q8_0")).equals(reference)).toBe(true);
  });

  test("recognize a spoken sentence, with the words that Python's file recognizes", async () => {
    const check = (path: string) => checkRecognition(path, { logger: silentLogger, gpu: false });
    const ours = await check(await convert(join(folder, "ct2-base")));
    expect(ours).toMatchObject({
      result: "recognized",
      text: expect.stringMatching(/how much there might be prudently/),
    });
    expect(ours).toEqual(await check(join(folder, "ggml-base.bin")));
  });
});
