/** The same weights in each format become the same model. */
import { mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readShippedWords } from "../../../electron/speech/conversion/vocabulary.ts";
import { checkModel } from "../../../electron/speech/models/model-file.ts";
import { convert } from "../../support/speech/conversion/convert.ts";
import { type Compute, writeCTranslate2 } from "../../support/speech/conversion/ctranslate2-writer.ts";
import {
  huggingFaceTensors,
  safetensors,
  toLetters,
  writeHuggingFace,
} from "../../support/speech/conversion/hugging-face-writer.ts";
import { demoTensors, readGgml, type TestTensor, toFloats, widened } from "../../support/speech/conversion/tensors.ts";
import {
  dimensionEntries,
  pickle,
  torchArchive,
  torchTensor,
  writeOpenAi,
  zip,
} from "../../support/speech/conversion/torch-writer.ts";
import { temporaryFolder } from "../../support/temporary.ts";

const words = readShippedWords(51_864);
const model = demoTensors();

/** The words that OpenAI's English models have, and the demo model's tensors. */
function expectDemo(path: string): void {
  const converted = readGgml(path);
  expect(converted.dimensions).toEqual(model.dimensions);
  expect(converted.words.map((word) => word.toString("latin1"))).toEqual(
    words.map((word) => Buffer.from(word).toString("latin1")),
  );
  const expected = new Map(model.tensors.map((tensor) => [tensor.name, tensor]));
  expect(converted.tensors.map(({ name }) => name).toSorted()).toEqual([...expected.keys()].toSorted());
  for (const { name, shape, type, bytes } of converted.tensors) {
    const wanted = expected.get(name);
    expect({ name, shape, type }).toEqual({ name, shape: wanted?.shape, type: wanted?.type });
    expect(bytes.equals(wanted?.bytes ?? Buffer.alloc(0)), name).toBe(true);
  }
  expect(checkModel(path)).toMatchObject({ kind: "speech", multilingual: false });
}

describe("the weights of one model", () => {
  test("come out the same from every format, byte for byte", async () => {
    const folder = temporaryFolder();
    const make = (name: string, write: (path: string) => void): string => {
      const path = join(folder, name);
      if (!name.endsWith(".pt")) mkdirSync(path);
      write(path);
      return path;
    };
    const paths = [
      make("openai.pt", (path) => writeOpenAi(path, model)),
      make("openai-f32.pt", (path) => writeOpenAi(path, { ...model, tensors: model.tensors.map(widened) })),
      make("safetensors", (path) => writeHuggingFace(path, model)),
      make("tokenizer", (path) => writeHuggingFace(path, model, { words })),
      make("sharded", (path) => writeHuggingFace(path, model, { weights: "sharded" })),
      make("pytorch", (path) => writeHuggingFace(path, model, { weights: "torch" })),
      make("wide", (path) =>
        writeHuggingFace(path, model, {
          tensors: huggingFaceTensors({ ...model, tensors: model.tensors.map(widened) }),
        }),
      ),
      make("ctranslate2", (path) => writeCTranslate2(path, model, { compute: "float32", words })),
    ];
    const [first, ...others] = await Promise.all(paths.map((path) => convert(path)));
    expectDemo(first as string);
    for (const [index, other] of others.entries()) {
      expect(readFileSync(other).equals(readFileSync(first as string)), paths[index + 1]).toBe(true);
    }
  });

  test.each<[Compute, number]>([
    ["float16", 0.001],
    ["int8", 0.005],
    ["int16", 0.001],
  ])("of CTranslate2 in %s come out as they were before it was rounded", async (compute, tolerance) => {
    const folder = temporaryFolder();
    writeCTranslate2(folder, model, { compute });
    const converted = readGgml(await convert(folder));
    const expected = new Map(model.tensors.map((tensor) => [tensor.name, tensor]));
    for (const tensor of converted.tensors) {
      const wanted = toFloats(expected.get(tensor.name) as TestTensor);
      const max = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      const actual = toFloats(tensor);
      const worst = actual.reduce((most, value, index) => Math.max(most, Math.abs(value - (wanted[index] ?? 0))), 0);
      expect(worst, tensor.name).toBeLessThanOrEqual(max * tolerance);
    }
  });
});

describe("what belongs to a model", () => {
  test("is found from any of its files, and in the cache of Hugging Face's programs", async () => {
    const cache = join(temporaryFolder(), "models--someone--whisper-council");
    const version = "0123456789abcdef";
    for (const part of ["blobs", "refs", `snapshots/${version}`, "snapshots/older"])
      mkdirSync(join(cache, part), { recursive: true });
    writeFileSync(join(cache, "refs/main"), version);
    const snapshot = join(cache, "snapshots", version);
    writeHuggingFace(snapshot, model, { words });
    // The cache has links there, to files that are called by their checksums.
    renameSync(join(snapshot, "model.safetensors"), join(cache, "blobs/1234"));
    symlinkSync("../../blobs/1234", join(snapshot, "model.safetensors"));
    const reference = readFileSync(await convert(snapshot));
    for (const path of [cache, join(snapshot, "config.json"), join(snapshot, "model.safetensors")])
      expect(readFileSync(await convert(path)).equals(reference), path).toBe(true);
  });

  test("may be named differently, and weights of the output may repeat those of the input", async () => {
    const folder = temporaryFolder();
    const plain = huggingFaceTensors(model, "");
    const embedding = plain.find(({ name }) => name === "decoder.embed_tokens.weight") as TestTensor;
    writeHuggingFace(folder, model, { tensors: [...plain, { ...embedding, name: "proj_out.weight" }] });
    renameSync(join(folder, "model.safetensors"), join(folder, "council.safetensors"));
    expectDemo(await convert(folder));
    // Only the one of the output.
    const other = temporaryFolder();
    const untied = plain.map((tensor) => (tensor === embedding ? { ...tensor, name: "proj_out.weight" } : tensor));
    writeHuggingFace(other, model, { tensors: untied });
    expectDemo(await convert(other));
  });

  test("but not when the output has weights of its own, which Whisper has not", async () => {
    const folder = temporaryFolder();
    const tensors = huggingFaceTensors(model);
    const embedding = tensors.find(({ name }) => name === "model.decoder.embed_tokens.weight") as TestTensor;
    const bytes = Buffer.from(embedding.bytes);
    bytes.writeUInt16LE(0x3c00, bytes.length - 2);
    writeHuggingFace(folder, model, { tensors: [...tensors, { ...embedding, name: "proj_out.weight", bytes }] });
    await expect(convert(folder)).rejects.toMatchObject({
      code: "model.invalid",
      message: expect.stringMatching(/table of words of its own for its output/),
    });
  });

  test("keeps its own words where its tokenizer has others, whatever kind of file it is", async () => {
    const own = words.with(1_000, Buffer.from("Fairhaven\n\xff", "latin1"));
    const kinds: readonly (readonly [file: string, content: string])[] = [
      ["vocab.json", JSON.stringify(Object.fromEntries(own.map((word, id) => [toLetters(word), id])))],
      ["vocabulary.json", JSON.stringify([...own.map(toLetters), "<|endoftext|>"])],
      ["vocabulary.txt", [...own.map(toLetters), "<|endoftext|>"].join("\n")],
    ];
    for (const [file, content] of kinds) {
      const folder = temporaryFolder();
      writeHuggingFace(folder, model);
      writeFileSync(join(folder, file), content);
      expect(readGgml(await convert(folder)).words[1_000], file).toEqual(Buffer.from("Fairhaven\n\xff", "latin1"));
    }
  });

  test("is read from training programs' checkpoints as well: parameters, dimensions as an object, other things beside", async () => {
    const path = join(temporaryFolder(), "trained.pt");
    const letter = (text: string): Buffer => Buffer.from(text, "latin1");
    const bytes = torchArchive(model.tensors, (weights) => {
      const parameters = weights.map(([name, tensor]) => {
        const hooks = pickle.call(pickle.name("collections", "OrderedDict"), letter(")"));
        const args = pickle.tuple(tensor, pickle.false, hooks);
        return [name, pickle.call(pickle.name("torch._utils", "_rebuild_parameter"), args)] as const;
      });
      const dims = Buffer.concat([
        pickle.name("whisper.model", "ModelDimensions"),
        letter(")\x81"),
        pickle.dictionary(dimensionEntries(model.dimensions)),
        letter("b"),
      ]);
      const scheduler = pickle.call(pickle.name("os", "system"), pickle.tuple(pickle.text("touch /tmp/was-executed")));
      return pickle.dictionary([
        ["dims", dims],
        ["scheduler", scheduler],
        ["model_state_dict", pickle.dictionary(parameters)],
      ]);
    });
    writeFileSync(path, bytes);
    expectDemo(await convert(path));
  });

  test("may lie in one storage, which parts of it share", async () => {
    const [first, ...rest] = model.tensors as [TestTensor, ...TestTensor[]];
    const path = join(temporaryFolder(), "shared.pt");
    const padding = Buffer.alloc(first.bytes.length / 2);
    const storage = { ...first, shape: [(first.bytes.length + padding.length) / 4] };
    const start = padding.length / 4;
    const weights = [
      [first.name, torchTensor(storage, "0", { start, shape: first.shape })] as const,
      ...rest.map((tensor, index) => [tensor.name, torchTensor(tensor, String(index + 1))] as const),
    ];
    const root = pickle.dictionary([
      ["dims", pickle.dictionary(dimensionEntries(model.dimensions))],
      ["model_state_dict", pickle.ordered(weights)],
    ]);
    const archive = zip([
      { name: "data.pkl", content: pickle.file(root) },
      { name: "data/0", content: Buffer.concat([padding, first.bytes]) },
      ...rest.map(({ bytes }, index) => ({ name: `data/${index + 1}`, content: bytes })),
    ]);
    writeFileSync(path, archive);
    expectDemo(await convert(path));
  });

  test("of several models in one folder is not guessed", async () => {
    const folder = temporaryFolder();
    for (const name of ["one.pt", "two.pt"]) writeOpenAi(join(folder, name), model);
    await expect(convert(folder)).rejects.toMatchObject({ message: expect.stringMatching(/several models/) });
    expectDemo(await convert(join(folder, "two.pt")));
  });

  test("is 16-bit floats of the other kind as well", async () => {
    const folder = temporaryFolder();
    const tensors = huggingFaceTensors(model);
    // The upper half of 32 bits: values that both kinds can hold.
    const rounded = tensors.map((tensor) => {
      const values = new Uint32Array(Float32Array.from(toFloats(tensor)).buffer).map((bits) => bits & 0xffff0000);
      return {
        ...tensor,
        values: new Float32Array(values.buffer),
        bf16: Uint16Array.from(values, (bits) => bits >>> 16),
      };
    });
    writeHuggingFace(folder, model, { tensors: [] });
    const stored = rounded.map(
      ({ name, shape, bf16 }) => ({ name, shape, type: "f16", bytes: Buffer.from(bf16.buffer) }) as const,
    );
    const file = safetensors(stored);
    writeFileSync(join(folder, "model.safetensors"), withBfloat16(file));
    const converted = new Map(readGgml(await convert(folder)).tensors.map((tensor) => [tensor.name, toFloats(tensor)]));
    expect(converted.size).toBe(model.tensors.length);
    const bias = rounded.find(({ name }) => name === "model.decoder.layer_norm.weight");
    expect(converted.get("decoder.ln.weight")).toEqual(bias?.values);
  });
});

/** The header's types, one letter longer each. */
function withBfloat16(file: Buffer): Buffer {
  const length = Number(file.readBigUInt64LE(0));
  const header = file.toString("utf8", 8, 8 + length).replaceAll('"F16"', '"BF16"');
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([size, Buffer.from(header), file.subarray(8 + length)]);
}
