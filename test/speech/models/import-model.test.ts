import { randomBytes } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { lockInstance } from "../../../electron/catalog/instance-lock.ts";
import { ArchivistError } from "../../../electron/contract/errors.ts";
import { getConvertedName, type ImportRequest, importModel } from "../../../electron/speech/models/import-model.ts";
import { checkModel } from "../../../electron/speech/models/model-file.ts";
import { checkRecognition } from "../../../electron/speech/models/recognition-check.ts";
import { demoModel } from "../../support/paths.ts";
import { huggingFaceTensors, writeHuggingFace } from "../../support/speech/conversion/hugging-face-writer.ts";
import { demoTensors } from "../../support/speech/conversion/tensors.ts";
import { writeOpenAi } from "../../support/speech/conversion/torch-writer.ts";
import {
  publishedFileName as fileName,
  publishedName as name,
  published,
  publishForTests,
  listModelFiles as visible,
} from "../../support/speech/published-model.ts";
import { tinySize, writeRandomModel } from "../../support/speech/random-model.ts";
import { silentLogger } from "../../support/station/silent-logger.ts";
import { canMakeDisks, smallDisk } from "../../support/station/small-disk.ts";
import { temporaryFolder } from "../../support/temporary.ts";

publishForTests();

const take = (path: string, folder: string, other: Partial<ImportRequest> = {}) =>
  importModel({ path, folder, ...other });

describe("a file of whisper.cpp", () => {
  test("is taken under its published name, known by its content", async () => {
    const source = join(temporaryFolder(), "downloaded (1).bin");
    writeFileSync(source, published);
    const folder = join(temporaryFolder(), "models");
    expect(await take(source, folder)).toMatchObject({ name, path: join(folder, fileName), isConverted: false });
    expect(readFileSync(join(folder, fileName))).toEqual(published);
    // The same again is no fault.
    expect(await take(source, folder)).toMatchObject({ name });
    expect(visible(folder)).toEqual([fileName]);
  });

  test("of somebody's own is taken under its name, or another", async () => {
    const folder = temporaryFolder();
    const source = join(temporaryFolder(), "ggml-council.bin");
    copyFileSync(demoModel, source);
    expect(await take(source, folder)).toMatchObject({ name: "council", multilingual: false });
    expect(await take(source, folder, { name: "second" })).toMatchObject({ path: join(folder, "ggml-second.bin") });
    expect(readFileSync(join(folder, "ggml-second.bin")).equals(readFileSync(demoModel))).toBe(true);
    writeRandomModel(source, tinySize);
    await expect(take(source, folder)).rejects.toMatchObject({ code: "model.exists" });
  });

  test("does not pass for a published one, and its name does not lead out of the folder", async () => {
    const folder = temporaryFolder();
    await expect(take(demoModel, folder, { name: "base.en" })).rejects.toMatchObject({ code: "model.corrupt" });
    for (const wrong of ["../evil", "a/b", "", ".hidden", "-rf", "x".repeat(200)]) {
      await expect(take(demoModel, folder, { name: wrong })).rejects.toMatchObject({ code: "usage.invalid" });
    }
    expect(visible(folder)).toEqual([]);
  });

  test.each<[string, (path: string) => void, string]>([
    ["is missing", () => undefined, "file.missing"],
    ["is an empty folder", (path) => mkdirSync(path), "model.invalid"],
    ["is empty", (path) => writeFileSync(path, ""), "model.invalid"],
    ["is text", (path) => writeFileSync(path, "hello"), "model.invalid"],
    ["is cut", (path) => writeFileSync(path, readFileSync(demoModel).subarray(0, 9_000_000)), "model.truncated"],
    [
      "has something behind its end",
      (path) => writeFileSync(path, Buffer.concat([readFileSync(demoModel), randomBytes(64)])),
      "model.invalid",
    ],
  ])("that %s is refused, and nothing is left", async (_name, make, code) => {
    const source = join(temporaryFolder(), "model.bin");
    make(source);
    const folder = temporaryFolder();
    await expect(take(source, folder)).rejects.toMatchObject({ code });
    expect(visible(folder)).toEqual([]);
  });
});

describe("a model of another program", () => {
  const pt = (): string => {
    const path = join(temporaryFolder(), "Council 2026.pt");
    writeOpenAi(path, demoTensors());
    return path;
  };

  test("is converted, quantized and tried with the speech engine", async () => {
    const folder = temporaryFolder();
    const shares: number[] = [];
    const model = await importModel(
      { path: pt(), folder, quantization: "q8_0" },
      {
        onProgress: (share) => shares.push(share),
        check: (path, signal) => checkRecognition(path, { logger: silentLogger, gpu: false, signal }),
      },
    );
    expect(model).toMatchObject({ name: "Council-2026-q8_0", kind: "speech", isConverted: true });
    // The demo model knows one synthetic voice, and nobody who reads a novel.
    expect(model.check?.result).toBe("not-recognized");
    expect(checkModel(model.path).sizeBytes).toBeLessThan(statSync(demoModel).size * 0.6);
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(visible(folder)).toEqual(["ggml-Council-2026-q8_0.bin"]);
  });

  test("again is no fault, and another one of its name is refused", async () => {
    const folder = temporaryFolder();
    const first = await take(pt(), folder, { name: "council" });
    expect(await take(pt(), folder, { name: "council" })).toMatchObject({ path: first.path });
    await expect(take(pt(), folder, { name: "council", quantization: "q4_0" })).rejects.toMatchObject({
      code: "model.exists",
    });
    expect(visible(folder)).toEqual(["ggml-council.bin"]);
  });

  test("that the engine cannot run is not there afterwards", async () => {
    const folder = temporaryFolder();
    const path = pt();
    const importing = importModel(
      { path, folder },
      { check: async (file) => Promise.reject(new ArchivistError("model.invalid", { subject: file })) },
    );
    await expect(importing).rejects.toMatchObject({ code: "model.invalid", subject: path });
    expect(visible(folder)).toEqual([]);
  });

  test("is canceled at any time, and nothing is left", async () => {
    const folder = temporaryFolder();
    const path = pt();
    const early = new AbortController();
    early.abort();
    await expect(importModel({ path, folder }, { signal: early.signal })).rejects.toMatchObject({
      code: "interrupted",
    });
    const during = new AbortController();
    await expect(
      importModel({ path, folder }, { signal: during.signal, onProgress: () => during.abort() }),
    ).rejects.toMatchObject({ code: "interrupted" });
    const late = new AbortController();
    const check = async () => {
      late.abort();
      return { result: "recognized", text: "" } as const;
    };
    await expect(importModel({ path, folder }, { signal: late.signal, check })).rejects.toMatchObject({
      code: "interrupted",
    });
    expect(visible(folder)).toEqual([]);
  });

  test.runIf(canMakeDisks)("needs room on the disk before anything is written", async () => {
    await using disk = smallDisk(100);
    await expect(take(pt(), disk.folder)).rejects.toMatchObject({ code: "disk.full" });
    expect(visible(disk.folder)).toEqual([]);
  });

  test("is one at a time, while downloads go on", async () => {
    const folder = temporaryFolder();
    const download = lockInstance(join(folder, ".archivist-lock"), "a download");
    const other = lockInstance(join(folder, ".archivist-lock-import"), "another import");
    const path = pt();
    await expect(take(path, folder)).rejects.toMatchObject({ code: "model.in-use" });
    other.release();
    expect(await take(path, folder)).toMatchObject({ name: "Council-2026" });
    download.release();
  });

  test("with weights that are no numbers is refused, and what was written is gone", async () => {
    const folder = temporaryFolder();
    const source = temporaryFolder();
    const tensors = huggingFaceTensors(demoTensors()).map((tensor) => {
      if (tensor.name !== "model.decoder.layers.2.fc2.weight") return tensor;
      const bytes = Buffer.from(tensor.bytes);
      bytes.writeUInt16LE(0x7e00, 40_000);
      return { ...tensor, bytes };
    });
    writeHuggingFace(source, demoTensors(), { tensors });
    await expect(take(source, folder)).rejects.toMatchObject({
      code: "model.invalid",
      message: expect.stringMatching(/decoder\.blocks\.2\.mlp\.2\.weight has values that are no numbers/),
    });
    expect(visible(folder)).toEqual([]);
  });
});

describe("the name of a converted model", () => {
  test.each([
    ["/models/whisper-oakdale", undefined, "whisper-oakdale"],
    ["/models/whisper-oakdale/model.safetensors", "q8_0", "whisper-oakdale-q8_0"],
    ["/models/whisper-oakdale/tokenizer.json", undefined, "whisper-oakdale"],
    ["C:\\models\\Our Model (new).pt", undefined, "Our-Model-new-"],
    ["/h/models--Systran--faster-whisper-small/snapshots/0123abcd", "q5_0", "faster-whisper-small-q5_0"],
    ["/models/base.pt", undefined, "base-converted"],
    ["/models/large-v3-turbo.pt", "q8_0", "large-v3-turbo-q8_0-converted"],
    ["/models/ggml-council.bin", "q8_0", "council-q8_0"],
    ["/", undefined, "imported"],
    [`/models/${"x".repeat(300)}`, undefined, "x".repeat(80)],
  ] as const)("of %s, quantized as %s, is %s", (path, quantization, expected) => {
    expect(getConvertedName(path, quantization)).toBe(expected);
  });
});
