/** OpenAI's own checkpoints (`.pt`): dimensions and weights under the names that whisper.cpp uses as well. */
import { PickleObject, type PickleValue } from "./pickle.ts";
import { notWhisper } from "./refusals.ts";
import type { SourceFile } from "./source-file.ts";
import { openTorchCheckpoint, toDictionary } from "./torch-checkpoint.ts";
import { requirePlausible, type WhisperDimensions } from "./whisper-dimensions.ts";
import type { WhisperSource } from "./whisper-source.ts";

const folderRemedy =
  "If it comes from Hugging Face, import the folder with its config.json. If it is from training, save the model itself first.";

/** Kept by some versions beside the weights: the heads that give word times, and the mask of the decoder. */
const unneeded = new Set(["alignment_heads", "decoder.mask"]);

/** @throws ArchivistError `model.invalid`, `model.truncated` */
export function openOpenAiModel(file: SourceFile): WhisperSource {
  const { path } = file;
  const { root, listTensors } = openTorchCheckpoint(file);
  const dims = root.get("dims");
  // Some programs save the object itself instead of its fields.
  const fields = toDictionary(dims) ?? toDictionary(dims instanceof PickleObject ? dims.state : undefined);
  const weights = toDictionary(root.get("model_state_dict"));
  if (fields === undefined || weights === undefined)
    throw notWhisper(path, "this PyTorch file is not one of OpenAI's Whisper models", folderRemedy);
  const dimensions = toDimensions(fields, path);
  requirePlausible(dimensions, path);
  const tensors = new Map([...listTensors(weights)].filter(([name]) => !unneeded.has(name)));
  return { path, dimensions, tensors, words: undefined };
}

function toDimensions(fields: ReadonlyMap<string, PickleValue>, path: string): WhisperDimensions {
  const get = (name: string): number => {
    const value = fields.get(name);
    if (typeof value !== "number") throw notWhisper(path, `its dimensions lack ${name}`, folderRemedy);
    return value;
  };
  const width = get("n_audio_state");
  if (get("n_text_state") !== width) throw notWhisper(path, "its encoder and decoder have different widths");
  return {
    vocabulary: get("n_vocab"),
    audioPositions: get("n_audio_ctx"),
    width,
    audioHeads: get("n_audio_head"),
    audioLayers: get("n_audio_layer"),
    textPositions: get("n_text_ctx"),
    textHeads: get("n_text_head"),
    textLayers: get("n_text_layer"),
    melBands: get("n_mels"),
  };
}
