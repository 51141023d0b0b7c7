/**
 * Recognizes recordings of real speech for measurements that look at the same result again and again: each is kept in
 * the folder that `ARCHIVIST_BENCH_RESULTS` names, where one is named.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Recognition, type RecognitionOptions, recognizeRecording } from "./recognize-recording.ts";
import { findRealModel, type SpokenRecording } from "./speech-sets.ts";

type Options = Omit<RecognitionOptions, "path" | "language" | "model"> & {
  /** Name of a real model, such as `base-q8_0`. */
  readonly model: string;
};

/** Name of a result's file: what was recognized with what, and which settings were not the default. */
function toFileName({ name }: SpokenRecording, { model, names = [], speech = {}, environment = {} }: Options): string {
  const variables = Object.entries(environment).filter(([variable]) => variable.startsWith("ARCHIVIST_SPEECH_"));
  const rest = JSON.stringify([names, speech, variables.toSorted()]);
  const suffix = names.length + variables.length + Object.keys(speech).length === 0 ? "" : hash(rest);
  return `${[name, model, suffix]
    .filter((part) => part !== "")
    .join(".")
    .replaceAll(" ", "-")}.json`;
}

const hash = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 8);

/**
 * Recognizes a recording, or returns the result that an earlier measurement kept.
 * @throws Error if the model is not on this machine
 */
export async function recognizeOnce(recording: SpokenRecording, options: Options): Promise<Recognition> {
  const model = findRealModel(options.model);
  if (model === undefined) throw new Error(`the model ${options.model} is not on this machine`);
  const folder = process.env.ARCHIVIST_BENCH_RESULTS;
  const file = folder === undefined ? undefined : join(folder, toFileName(recording, options));
  if (file !== undefined && existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as Recognition;
  const { path, language } = recording;
  const result = await recognizeRecording({ ...options, path, language, model });
  if (folder !== undefined && file !== undefined) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, JSON.stringify(result));
  }
  return result;
}
