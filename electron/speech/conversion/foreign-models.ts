/** What people have instead of a Whisper model, how it is known, and what they can do. */
import type { ArchivistError } from "../../contract/errors.ts";
import { notWhisper } from "./refusals.ts";

const original =
  "Import the model that it was made from: OpenAI's .pt file, or the Hugging Face folder with safetensors.";

interface ForeignKind {
  readonly cause: string;
  readonly remedy?: string;
}

const foreignBeginnings: readonly (ForeignKind & { readonly bytes: RegExp })[] = [
  { bytes: /^GGUF/, cause: "this is a GGUF file, the format of language models for llama.cpp" },
  {
    bytes: /^version https:\/\/git-lfs/,
    cause: "this is only a pointer to the file (Git LFS); its content was not downloaded",
    remedy: "Run `git lfs pull` in the folder that it comes from, or download the file from the website.",
  },
  {
    bytes: /^\s*<(?:!doctype|html|\?xml)/i,
    cause: "this is a web page and not a model: the download was refused or not finished",
    remedy: "Download the model again; some need an account on the website.",
  },
  { bytes: /^\x89HDF/, cause: "these are weights for TensorFlow (HDF5)", remedy: original },
  { bytes: /^RIFF|^ID3|^fLaC|^.{4}ftyp/s, cause: "this is a recording and not a model" },
];

const foreignEndings: readonly (ForeignKind & { readonly name: RegExp })[] = [
  {
    name: /\.(?:zip|7z|rar|tar|gz|tgz|bz2|xz|zst)$/i,
    cause: "this is a packed file",
    remedy: "Unpack it and import what was inside.",
  },
  { name: /\.onnx$/i, cause: "this is an ONNX model", remedy: original },
  {
    name: /\.nemo$/i,
    cause: "this is a NeMo model of NVIDIA's",
    remedy: "Import its ggml file for whisper.cpp instead.",
  },
  { name: /\.(?:tflite|h5|pb|keras)$/i, cause: "this is a TensorFlow model", remedy: original },
  { name: /\.msgpack$/i, cause: "these are weights for Flax", remedy: original },
  { name: /\.(?:mlmodelc?|mlpackage)$/i, cause: "this is a Core ML model", remedy: original },
  { name: /^openvino_.*\.(?:xml|bin)$/i, cause: "this is an OpenVINO model", remedy: original },
  { name: /\.npz$/i, cause: "these are weights for Apple's MLX", remedy: original },
  { name: /\.gguf$/i, cause: "this is a GGUF file, the format of language models for llama.cpp" },
];

const toError = (path: string, { cause, remedy }: ForeignKind): ArchivistError => notWhisper(path, cause, remedy);

/** @param head the first bytes of a file */
export function findForeignFile(path: string, name: string, head: Buffer): ArchivistError | undefined {
  const text = head.toString("latin1", 0, 64);
  const kind =
    foreignBeginnings.find(({ bytes }) => bytes.test(text)) ?? foreignEndings.find((each) => each.name.test(name));
  return kind && toError(path, kind);
}

const lora: ForeignKind = {
  cause: "this is a LoRA adapter: it holds only what was changed of a model",
  remedy: "Merge it into the model that it belongs to (merge_and_unload in PEFT), save that, and import the result.",
};

/** @param names of the files in a folder that holds no model that can be imported */
export function findForeignFolder(path: string, names: readonly string[]): ArchivistError | undefined {
  if (names.some((name) => /^adapter_(?:config\.json|model\.(?:safetensors|bin))$/.test(name)))
    return toError(path, lora);
  if (names.includes("model_index.json"))
    return notWhisper(path, "this is a model that makes pictures (diffusers), not one for speech");
  return undefined;
}

/** By the names of the files, when nothing else is there. */
export function findForeignContent(path: string, names: readonly string[]): ArchivistError | undefined {
  const kind = foreignEndings.find((each) => names.some((name) => each.name.test(name)));
  return kind && toError(path, kind);
}

/** @param names of the tensors */
export function findForeignTensors(path: string, names: Iterable<string>): ArchivistError | undefined {
  for (const name of names) {
    if (/\blora_[AB]\b/i.test(name)) return toError(path, lora);
    if (/\.(?:absmax|quant_map|qweight|qzeros|weight_packed|SCB)$/.test(name)) return toError(path, compressed);
  }
  return undefined;
}

const compressed: ForeignKind = {
  cause: "its weights were quantized by another program",
  remedy: "Import the model with its full weights; Archivist can quantize it itself with --quantize.",
};

/** What config.json says of a model. */
export interface DescribedModel {
  readonly model_type?: string | undefined;
  readonly architectures?: readonly string[] | undefined;
  readonly quantization_config?: unknown;
}

/** @throws ArchivistError `model.invalid` unless it is a Whisper model that transcribes */
export function requireWhisperConfig(path: string, config: DescribedModel): void {
  const { model_type: type, architectures = [], quantization_config: quantized } = config;
  if (type !== undefined && type !== "whisper") {
    throw notWhisper(path, `this is a ${type.slice(0, 40)} model, and the speech engine runs Whisper models`);
  }
  const [architecture] = architectures;
  if (architecture !== undefined && !/^Whisper(?:ForConditionalGeneration|Model)$/.test(architecture)) {
    throw notWhisper(
      path,
      `this was built from Whisper for another task (${architecture.slice(0, 60)}) and does not transcribe`,
      "Import a Whisper model for transcription.",
    );
  }
  if (quantized !== undefined && quantized !== null) throw toError(path, compressed);
}
