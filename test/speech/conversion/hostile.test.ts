/**
 * Files made to do harm: sizes that lie, places that overlap or lie outside, descriptions without end, cuts at every kind of
 * place, pipes and links. Each is refused with an error of the closed list, before memory is taken for what it claims.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ErrorCode, toArchivistError } from "../../../electron/contract/errors.ts";
import { PickleObject, readPickle } from "../../../electron/speech/conversion/pickle.ts";
import { runConversion } from "../../../electron/speech/conversion/run-conversion.ts";
import { convert } from "../../support/speech/conversion/convert.ts";
import { ctranslate2, listVariables, writeCTranslate2 } from "../../support/speech/conversion/ctranslate2-writer.ts";
import {
  huggingFaceConfig,
  huggingFaceTensors,
  safetensors,
  withHeader,
  writeHuggingFace,
} from "../../support/speech/conversion/hugging-face-writer.ts";
import { demoTensors } from "../../support/speech/conversion/tensors.ts";
import {
  dimensionEntries,
  pickle,
  torchArchive,
  torchTensor,
  writeOpenAi,
  zip,
} from "../../support/speech/conversion/torch-writer.ts";
import { temporaryFolder } from "../../support/temporary.ts";

const model = demoTensors();
const [firstTensor] = model.tensors;
if (firstTensor === undefined) throw new Error("the demo model is empty");

async function code(path: string): Promise<ErrorCode | "converted"> {
  try {
    await convert(path);
    return "converted";
  } catch (thrown) {
    return toArchivistError(thrown).code;
  }
}

function file(name: string, content: Buffer | string): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, content);
  return path;
}

/** A folder of Hugging Face with this content for its weights. */
function folder(weights: Buffer): string {
  const path = temporaryFolder();
  writeFileSync(join(path, "config.json"), JSON.stringify(huggingFaceConfig(model)));
  writeFileSync(join(path, "model.safetensors"), weights);
  return path;
}

const refused = ["model.invalid", "model.truncated"];

describe("a PyTorch file", () => {
  const root = (first: Buffer): Buffer =>
    pickle.dictionary([
      ["dims", pickle.dictionary(dimensionEntries(model.dimensions))],
      ["model_state_dict", pickle.dictionary([["encoder.positional_embedding", first]])],
    ]);
  const lying = (first: Buffer): string =>
    file(
      "lying.pt",
      zip([
        { name: "a/data.pkl", content: pickle.file(root(first)) },
        { name: "a/data/0", content: firstTensor.bytes },
      ]),
    );

  test.each<[string, Parameters<typeof torchTensor>[2]]>([
    ["more values than are stored", { shape: [1_500, 4_096] }],
    ["values beyond any number", { shape: [2_147_483_647, 2_147_483_647, 2_147_483_647], strides: [1, 1, 1] }],
    ["a negative side", { shape: [-1_500, 128], strides: [128, 1] }],
    ["a start before the storage", { start: -1 }],
    ["a start behind the storage", { start: 2_000_000_000 }],
    ["strides that overlap", { strides: [0, 0] }],
    ["a stride too few", { strides: [1] }],
    ["a hundred sides", { shape: Array.from({ length: 100 }, () => 1), strides: Array.from({ length: 100 }, () => 1) }],
  ])("whose tensor has %s is refused", async (_name, lie) => {
    expect(await code(lying(torchTensor(firstTensor, "0", lie)))).toBe("model.invalid");
  });

  test("whose storage is missing is incomplete", async () => {
    expect(await code(lying(torchTensor(firstTensor, "77")))).toBe("model.truncated");
  });

  test.each<[string, Buffer]>([
    ["names more contents than it has", zip([{ name: "a/data.pkl", content: Buffer.alloc(1) }], { count: 900 })],
    ["has its contents far outside", zip([{ name: "a/data.pkl", content: Buffer.alloc(1) }], { offset: 0x7fff_0000 })],
    ["has its contents where they are not", zip([{ name: "a/data.pkl", content: Buffer.alloc(90) }], { offset: 5 })],
    [
      "says that a content is larger",
      zip([{ name: "a/data.pkl", content: Buffer.alloc(1), claimedBytes: 0x7fff_ffff }]),
    ],
    [
      "is a bomb of zeros",
      zip([
        { name: "a/data.pkl", content: deflateRawSync(Buffer.alloc(50_000_000)), claimedBytes: 50_000_000, method: 8 },
      ]),
    ],
    [
      "has a content twice",
      zip([
        { name: "a/data.pkl", content: Buffer.alloc(1) },
        { name: "a/data.pkl", content: Buffer.alloc(2) },
      ]),
    ],
    ["has no contents", zip([])],
    ["is only a beginning", Buffer.from("PK\x03\x04")],
  ])("that %s is refused", async (_name, content) => {
    expect(refused).toContain(await code(file("lying.pt", content)));
  });
});

describe("a pickle", () => {
  const letter = (text: string): Buffer => Buffer.from(text, "latin1");
  const read = (...content: readonly Buffer[]) => readPickle(Buffer.concat(content), "test.pt");

  test("that holds itself is read and not followed", () => {
    const value = read(letter("\x80\x02}q\x00X\x04\x00\x00\x00selfh\x00s."));
    expect(value).toBeInstanceOf(Map);
    expect(value instanceof Map && value.get("self")).toBe(value);
  });

  test("that calls a program calls nothing", () => {
    const value = read(letter("\x80\x02cos\nsystem\nX\x04\x00\x00\x00exit\x85R."));
    expect(value).toBeInstanceOf(PickleObject);
    expect(value).toMatchObject({ callable: { name: "os system" }, args: ["exit"] });
  });

  test.each<[string, Buffer]>([
    ["ends in the middle", letter("\x80\x02}q")],
    ["is empty", letter("")],
    ["takes from an empty stack", letter("\x80\x02.")],
    ["takes a mark for a value", letter("\x80\x02(.")],
    ["closes what was never opened", letter("\x80\x02t.")],
    ["recalls what was never remembered", letter("\x80\x02h\x05.")],
    ["has a text longer than itself", letter("\x80\x02X\xff\xff\xff\x7fabc.")],
    ["has a text longer than all memory", letter("\x80\x04\x8d\xff\xff\xff\xff\xff\xff\xff\xffabc.")],
    ["has a number without end", letter("\x80\x02\x8a\xff1.")],
    ["sets entries of a number", letter("\x80\x02K\x01X\x01\x00\x00\x00aK\x02s.")],
    ["has an entry without value", letter("\x80\x02}(X\x01\x00\x00\x00au.")],
    ["uses an operation of no model", letter("\x80\x02Vtext\n.")],
    ["takes a list for a name", letter("\x80\x04]]\x93.")],
  ])("that %s is refused", (_name, bytes) => {
    expect(() => read(bytes)).toThrow(expect.objectContaining({ code: "model.invalid" }));
  });

  test("that never ends is given up after a number of operations", () => {
    // Each puts a dictionary on the stack and takes it away.
    const endless = Buffer.alloc(5_000_000, "}0", "latin1");
    expect(() => read(letter("\x80\x02"), endless)).toThrow(/far longer than that of a Whisper model/);
  });

  test("of any bytes is read or refused, and nothing else", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        try {
          read(letter("\x80\x02"), Buffer.from(bytes), letter("."));
        } catch (thrown) {
          expect(thrown).toMatchObject({ code: "model.invalid" });
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("a safetensors file", () => {
  const tensor = { name: "model.encoder.embed_positions.weight", dtype: "F32", shape: [1_500, 128] };
  const bytes = 1_500 * 128 * 4;
  const entry = (changes: Readonly<Record<string, unknown>>): Buffer => {
    const { name, ...rest } = tensor;
    return withHeader(
      JSON.stringify({ [name]: { ...rest, data_offsets: [0, bytes], ...changes } }),
      Buffer.alloc(bytes),
    );
  };
  const length = (value: bigint): Buffer => {
    const content = Buffer.alloc(200, "{");
    content.writeBigUInt64LE(value);
    return content;
  };

  test.each<[string, Buffer]>([
    ["has a header longer than itself", length(10_000n)],
    ["has a header longer than all memory", length(0xffff_ffff_ffff_fff0n)],
    ["has negative sides", entry({ shape: [-1_500, -128] })],
    ["has sides beyond any number", entry({ shape: [2 ** 53, 2 ** 53] })],
    ["has sides that are fractions", entry({ shape: [1_500.5, 128] })],
    ["has another size than it says", entry({ shape: [1_500, 129] })],
    ["ends before it begins", entry({ data_offsets: [bytes, 0] })],
    ["begins before the file", entry({ data_offsets: [-4, bytes - 4] })],
    ["ends after the file", entry({ data_offsets: [4, bytes + 4] })],
    ["is described by a list", withHeader("[]", Buffer.alloc(10))],
    ["is described by nothing", withHeader("{}", Buffer.alloc(10))],
    ["is described by brackets without end", withHeader("[".repeat(2_000_000), Buffer.alloc(10))],
    ["is described by objects without end", withHeader('{"a":'.repeat(1_000_000), Buffer.alloc(10))],
    ["has a name that is special in JavaScript", withHeader('{"__proto__":{"dtype":"F32"}}', Buffer.alloc(10))],
    [
      "has far too many tables",
      withHeader(
        JSON.stringify(
          Object.fromEntries(
            Array.from({ length: 30_000 }, (_, index) => [
              `t${index}`,
              { dtype: "F32", shape: [0], data_offsets: [0, 0] },
            ]),
          ),
        ),
        Buffer.alloc(0),
      ),
    ],
    ["is empty", Buffer.alloc(0)],
  ])("that %s is refused", async (_name, content) => {
    expect(refused).toContain(await code(folder(content)));
  });

  test("whose tables lie on one another is refused", async () => {
    const tensors = huggingFaceTensors(model);
    const [first, second] = tensors;
    if (first === undefined || second === undefined) throw new Error("too few");
    const overlapping = { dtype: "F16", shape: second.shape, data_offsets: [8, 8 + second.bytes.length] };
    const content = safetensors(tensors, { [second.name]: overlapping });
    expect(await code(folder(content))).toBe("model.invalid");
  });

  test("of any header is refused, and nothing else", async () => {
    await fc.assert(
      fc.asyncProperty(fc.json({ maxDepth: 6 }), async (header) => {
        expect(refused).toContain(await code(folder(withHeader(header, Buffer.alloc(64)))));
      }),
      { numRuns: 100 },
    );
  });
});

describe("a CTranslate2 file", () => {
  const variables = listVariables(model, "float32");
  const [one] = variables;
  if (one === undefined) throw new Error("no variables");
  const large = {
    name: "encoder/conv1/weight",
    shape: [4_294_967_295, 4_294_967_295],
    type: 0,
    bytes: Buffer.alloc(8),
  };

  test.each<[string, Buffer]>([
    ["has more tables than a file can hold", ctranslate2(variables.slice(0, 5), { count: 4_000_000_000 })],
    ["has more tables than are in it", ctranslate2(variables.slice(0, 5), { count: 6 })],
    ["has sides beyond any number", ctranslate2([large])],
    ["has a hundred sides", ctranslate2([{ ...one, shape: Array.from({ length: 100 }, () => 1) }])],
    ["has no table that is needed", ctranslate2([one])],
    [
      "has whole numbers without a scale",
      ctranslate2(listVariables(model, "int8").filter(({ name }) => !name.endsWith("_scale"))),
    ],
    [
      "has a scale of the wrong size",
      ctranslate2(
        listVariables(model, "int8").map((variable) =>
          variable.name.endsWith("linear_0/weight_scale")
            ? { ...variable, shape: [3], bytes: Buffer.alloc(12, 1) }
            : variable,
        ),
      ),
    ],
    [
      "has a table that cannot be divided",
      ctranslate2(
        variables.map((variable) =>
          variable.name === "encoder/layer_0/self_attention/linear_0/bias"
            ? { ...variable, shape: [383], bytes: variable.bytes.subarray(4) }
            : variable,
        ),
      ),
    ],
    [
      "has half a million heads",
      ctranslate2(
        variables.map((variable) =>
          variable.name.endsWith("num_heads") ? { ...variable, bytes: Buffer.from([0xff, 0x7f]) } : variable,
        ),
      ),
    ],
  ])("that %s is refused", async (_name, content) => {
    expect(refused).toContain(await code(file("model.bin", content)));
  });
});

describe("a model that is cut", () => {
  test.each<[string, (path: string) => string]>([
    [
      "of OpenAI",
      (path) => {
        writeOpenAi(join(path, "model.pt"), model);
        return join(path, "model.pt");
      },
    ],
    [
      "of Hugging Face",
      (path) => {
        writeHuggingFace(path, model);
        return join(path, "model.safetensors");
      },
    ],
    [
      "of CTranslate2",
      (path) => {
        writeCTranslate2(path, model);
        return join(path, "model.bin");
      },
    ],
  ])("%s at any place is never taken for a whole one", async (_name, write) => {
    const path = write(temporaryFolder());
    const size = readFileSync(path).length;
    // From the end on: the same file gets shorter and shorter.
    const places = [
      1,
      2,
      21,
      100,
      70_000,
      size * 0.2,
      size * 0.5,
      size * 0.9,
      size - 300,
      size - 20,
      size - 9,
      size - 3,
    ];
    for (const place of places.map(Math.floor)) {
      truncateSync(path, size - place);
      expect(refused, `without the last ${place} of ${size}`).toContain(await code(path));
    }
  });
});

describe("what is no ordinary file", () => {
  test.runIf(process.platform !== "win32")("is not waited for", async () => {
    const path = join(temporaryFolder(), "model.safetensors");
    execFileSync("mkfifo", [path]);
    expect(await code(path)).toBe("file.not-regular");
    const device = temporaryFolder();
    writeFileSync(join(device, "config.json"), JSON.stringify(huggingFaceConfig(model)));
    symlinkSync("/dev/zero", join(device, "model.safetensors"));
    expect(await code(device)).toBe("file.not-regular");
  });

  test.runIf(process.platform !== "win32")(
    "such as a link in a circle, or to nowhere, or to a folder, is said",
    async () => {
      const path = temporaryFolder();
      writeFileSync(join(path, "config.json"), JSON.stringify(huggingFaceConfig(model)));
      symlinkSync("model.safetensors", join(path, "model.safetensors"));
      expect(await code(path)).toBe("disk.failed");
      const other = temporaryFolder();
      writeFileSync(join(other, "config.json"), JSON.stringify(huggingFaceConfig(model)));
      symlinkSync("/nowhere/model.safetensors", join(other, "model.safetensors"));
      expect(await code(other)).toBe("file.missing");
      const third = temporaryFolder();
      mkdirSync(join(third, "model.safetensors"));
      writeFileSync(join(third, "config.json"), JSON.stringify(huggingFaceConfig(model)));
      expect(await code(third)).toBe("file.is-folder");
    },
  );

  test("or far too large for what it is, is not read", async () => {
    const path = temporaryFolder();
    writeHuggingFace(path, model);
    writeFileSync(join(path, "tokenizer.json"), "{");
    truncateSync(join(path, "tokenizer.json"), 3_000_000_000);
    expect(await code(path)).toBe("model.invalid");
  });
});

describe("a thread that converts", () => {
  const request = (path: string) => ({ path, output: join(temporaryFolder(), "out.bin"), quantization: undefined });
  const options = { checkSpace: async () => undefined };

  test("may take so much memory and no more", async () => {
    // Two million dictionaries in one another: far more than its share.
    const deep = Buffer.alloc(1_900_000, "}", "latin1");
    const path = file("deep.pt", zip([{ name: "a/data.pkl", content: pickle.file(deep) }]));
    const limits = { stallMs: 600_000, deadlineMs: 600_000, memoryMb: 8 };
    await expect(runConversion(request(path), { ...options, limits })).rejects.toMatchObject({
      code: "model.invalid",
      message: expect.stringMatching(/more memory/),
    });
  });

  test.each([
    ["deadlineMs", /took too long/],
    ["stallMs", /nothing was read of it/],
  ] as const)("may take so much time and no more (%s)", async (limit, text) => {
    const path = file(
      "model.pt",
      torchArchive([], () => pickle.dictionary([])),
    );
    const limits = { stallMs: 600_000, deadlineMs: 600_000, memoryMb: 512, [limit]: 1 };
    await expect(runConversion(request(path), { ...options, limits })).rejects.toMatchObject({
      code: "disk.failed",
      message: expect.stringMatching(text),
    });
  });

  test("ends when there is no room, before it has written anything", async () => {
    const path = file("model.pt", Buffer.alloc(0));
    writeOpenAi(path, model);
    const full = new Error("full");
    const converting = runConversion(request(path), { checkSpace: async () => Promise.reject(full) });
    await expect(converting).rejects.toBe(full);
  });
});
