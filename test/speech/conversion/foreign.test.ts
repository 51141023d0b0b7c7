/** What people have instead of a Whisper model: each is refused with what it is and what to do. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { toArchivistError } from "../../../electron/contract/errors.ts";
import { convert } from "../../support/speech/conversion/convert.ts";
import { ctranslate2, listVariables } from "../../support/speech/conversion/ctranslate2-writer.ts";
import {
  huggingFaceConfig,
  huggingFaceTensors,
  safetensors,
  writeHuggingFace,
} from "../../support/speech/conversion/hugging-face-writer.ts";
import { demoTensors } from "../../support/speech/conversion/tensors.ts";
import { dimensionEntries, pickle, torchArchive, zip } from "../../support/speech/conversion/torch-writer.ts";
import { temporaryFolder } from "../../support/temporary.ts";

type Files = Readonly<Record<string, string | Buffer>>;

const model = demoTensors();
const small = { name: "weight", shape: [2], type: "f32", bytes: Buffer.alloc(8) } as const;
const config = (changes: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ ...huggingFaceConfig(model), ...changes });
const weights = safetensors([small]);
const named = (name: string): Buffer => safetensors([{ ...small, name }]);

function write(files: Files): string {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

async function refusal(path: string): Promise<{ readonly code: string; readonly text: string }> {
  try {
    await convert(path);
  } catch (thrown) {
    const { code, reason, remedy } = toArchivistError(thrown);
    return { code, text: `${reason}. ${remedy}` };
  }
  throw new Error("it was converted");
}

describe("a folder", () => {
  test.each<[string, Files, RegExp]>([
    ["LoRA adapter", { "adapter_config.json": "{}", "adapter_model.safetensors": weights }, /LoRA adapter.*Merge it/],
    [
      "LoRA in other clothes",
      { "config.json": config({}), "model.safetensors": named("model.encoder.layers.0.fc1.lora_A.weight") },
      /LoRA adapter.*Merge it/,
    ],
    ["diffusers model", { "model_index.json": "{}", "unet/config.json": "{}" }, /makes pictures/],
    [
      "model of another kind",
      { "config.json": config({ model_type: "wav2vec2" }), "model.safetensors": weights },
      /a wav2vec2 model.*Import a Whisper model/,
    ],
    [
      "Whisper for another task",
      {
        "config.json": config({ architectures: ["WhisperForAudioClassification"] }),
        "model.safetensors": weights,
      },
      /another task \(WhisperForAudioClassification\)/,
    ],
    [
      "model that another program quantized",
      { "config.json": config({ quantization_config: { load_in_8bit: true } }), "model.safetensors": weights },
      /quantized by another program.*--quantize/,
    ],
    [
      "model with words of its own",
      { "config.json": config({ vocab_size: 51_900 }), "model.safetensors": weights },
      /51,900 entries/,
    ],
    ["model without config.json", { "model.safetensors": weights }, /its config\.json is missing/],
    ["ONNX model", { "encoder.onnx": "x", "decoder.onnx": "x", "config.json": config({}) }, /ONNX.*made from/],
    ["OpenVINO model", { "openvino_encoder.xml": "<x/>", "openvino_encoder.dat": "x" }, /OpenVINO/],
    ["Flax model", { "flax_model.msgpack": "x", "config.json": config({}) }, /Flax/],
    ["TensorFlow model", { "tf_model.h5": "x", "config.json": config({}) }, /TensorFlow/],
    ["MLX model", { "weights.npz": "PK", "config.json": '{"n_audio_state":384}' }, /MLX/],
    ["MLX model of the newer kind", { "model.safetensors": weights, "config.json": '{"n_audio_state":384}' }, /MLX/],
    ["folder of recordings", { "meeting.mp4": "x" }, /no Whisper model in this folder/],
    [
      "translation model of CTranslate2",
      { "model.bin": ctranslate2([], { kind: "TransformerSpec" }), "config.json": "{}" },
      /another kind \(TransformerSpec\)/,
    ],
    [
      "list of files outside of the folder",
      {
        "config.json": config({}),
        "model.safetensors.index.json": '{"weight_map":{"a":"../../../etc/passwd"}}',
      },
      /list of files makes no sense/,
    ],
  ])("that is a %s", async (_name, files, text) => {
    expect(await refusal(write(files))).toEqual({ code: "model.invalid", text: expect.stringMatching(text) });
  });
});

describe("a file", () => {
  const legacy = Buffer.concat([Buffer.from([0x80, 2, 0x8a, 10]), Buffer.alloc(100)]);
  const torch = (root: Buffer): Buffer => zip([{ name: "a/data.pkl", content: pickle.file(root) }]);
  test.each<[string, string, string | Buffer, RegExp]>([
    ["GGUF", "model.bin", Buffer.concat([Buffer.from("GGUF"), Buffer.alloc(60)]), /llama\.cpp/],
    ["Git LFS", "model.safetensors", "version https://git-lfs.github.com/spec/v1\noid sha256:0\n", /git lfs pull/],
    ["web page", "base.pt", "<!DOCTYPE html><html>Sign in</html>", /web page.*Download the model again/],
    ["ONNX", "encoder.onnx", "\x08\x07", /ONNX/],
    ["NeMo", "parakeet.nemo", "x", /NVIDIA.*ggml/],
    ["archive", "model.zip", zip([{ name: "a", content: Buffer.alloc(3) }]), /packed.*Unpack/],
    ["recording", "meeting.wav", "RIFF    WAVE", /recording and not a model/],
    ["old PyTorch file", "base.pt", legacy, /PyTorch versions before 1\.6.*torch\.save/],
    ["other archive", "base.pt", zip([{ name: "readme.txt", content: Buffer.from("hi") }]), /no PyTorch model/],
    [
      "compiled PyTorch program",
      "base.pt",
      zip([
        { name: "m/data.pkl", content: pickle.file(pickle.dictionary([])) },
        { name: "m/constants.pkl", content: Buffer.alloc(1) },
      ]),
      /TorchScript/,
    ],
    ["PyTorch file without names", "base.pt", torch(pickle.int(3)), /no named weights/],
    [
      "PyTorch file of another model",
      "base.pt",
      torch(pickle.dictionary([["epoch", pickle.int(3)]])),
      /not one of OpenAI's/,
    ],
    [
      "model of half the weights",
      "base.pt",
      torchArchive(model.tensors.slice(0, 60), (some) =>
        pickle.dictionary([
          ["dims", pickle.dictionary(dimensionEntries(model.dimensions))],
          ["model_state_dict", pickle.ordered(some)],
        ]),
      ),
      /tables of weights are missing, such as/,
    ],
    [
      "model with more than Whisper's weights",
      "base.pt",
      torchArchive([...model.tensors, { ...small, name: "medusa.0.weight" }], (some) =>
        pickle.dictionary([
          ["dims", pickle.dictionary(dimensionEntries(model.dimensions))],
          ["model_state_dict", pickle.ordered(some)],
        ]),
      ),
      /besides Whisper's weights it has 1 others, such as medusa\.0\.weight/,
    ],
    [
      "CTranslate2 file of the future",
      "model.bin",
      ctranslate2(listVariables(model, "float32").slice(0, 3), { version: 9 }),
      /version of CTranslate2 that is not known/,
    ],
    ["adapter", "adapter_model.safetensors", weights, /config\.json is missing|LoRA/],
  ])("that is a %s", async (_name, name, content, text) => {
    const folder = write({ [name]: content });
    expect(await refusal(join(folder, name))).toEqual({ code: "model.invalid", text: expect.stringMatching(text) });
  });

  test("with a LoRA adapter's name is known by the folder that it lies in", async () => {
    const folder = temporaryFolder();
    writeHuggingFace(folder, model, { tensors: huggingFaceTensors(model).slice(0, 2) });
    writeFileSync(join(folder, "adapter_config.json"), "{}");
    expect(await refusal(join(folder, "model.safetensors"))).toMatchObject({ text: expect.stringMatching(/LoRA/) });
  });
});
