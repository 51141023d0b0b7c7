/** Recordings and models with something wrong in them: each is taken or refused in words, in time, and nothing ends by it. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ArchivistError, toArchivistError } from "../../../electron/contract/errors.ts";
import { settingsSchema } from "../../../electron/contract/settings.ts";
import { findDataFaults } from "../../../electron/media/decoding/data-faults.ts";
import { decode } from "../../../electron/media/decoding/decode.ts";
import { probe } from "../../../electron/media/probe.ts";
import { makeThumbnail } from "../../../electron/media/thumbnail.ts";
import { findMediaTools } from "../../../electron/media/tools.ts";
import { runConversion } from "../../../electron/speech/conversion/run-conversion.ts";
import { checkModel } from "../../../electron/speech/models/model-file.ts";
import { demoModel, sampleVideo } from "../paths.ts";
import { random } from "../random.ts";
import { writeCTranslate2 } from "../speech/conversion/ctranslate2-writer.ts";
import { writeHuggingFace } from "../speech/conversion/hugging-face-writer.ts";
import { demoTensors } from "../speech/conversion/tensors.ts";
import { writeOpenAi } from "../speech/conversion/torch-writer.ts";
import { mutate } from "./mutate.ts";

export interface FileTally {
  tried: number;
  /** How many were taken for whole. */
  taken: number;
  longestMs: number;
  readonly codes: Record<string, number>;
  readonly wrong: string[];
}

/** Longer than any of them takes here, with room for a busy machine. */
const mostMs = 60_000;

async function judge(tally: FileTally, name: string, work: () => Promise<unknown>): Promise<void> {
  const started = performance.now();
  tally.tried++;
  try {
    await work();
    tally.taken++;
  } catch (thrown) {
    const { code } = toArchivistError(thrown);
    tally.codes[code] = (tally.codes[code] ?? 0) + 1;
    if (!(thrown instanceof ArchivistError)) tally.wrong.push(`${name}: ${String(thrown)}`);
    else if (code === "disk.failed" || code === "internal") tally.wrong.push(`${name}: ${thrown.message}`);
  }
  const ms = performance.now() - started;
  tally.longestMs = Math.max(tally.longestMs, ms);
  if (ms > mostMs) tally.wrong.push(`${name} took ${Math.round(ms / 1000)} s`);
}

const containers = ["mp4", "mov", "mkv", "ts", "avi", "mpg", "wav", "mp3", "flac", "ogg", "m4a"] as const;

/** @param count of recordings */
export async function tryRecordings(folder: string, count: number, seed: number): Promise<FileTally> {
  const tally: FileTally = { tried: 0, taken: 0, longestMs: 0, codes: {}, wrong: [] };
  const next = random(seed);
  const settings = settingsSchema.parse({}).media;
  const tools = await findMediaTools(settings);
  const whole = containers.map((container) => {
    const path = join(folder, `whole.${container}`);
    const video = /^(mp4|mov|mkv|ts|avi|mpg)$/.test(container) ? ["-s", "160x90", "-r", "25"] : ["-vn"];
    execFileSync("ffmpeg", [
      "-nostdin",
      "-v",
      "error",
      "-y",
      "-i",
      sampleVideo,
      "-t",
      "3",
      ...video,
      "-ar",
      "44100",
      path,
    ]);
    return { container, bytes: readFileSync(path) };
  });
  for (let index = 0; index < count; index++) {
    const { container, bytes } = whole[index % whole.length] as (typeof whole)[number];
    const path = join(folder, `mutant-${index}.${container}`);
    writeFileSync(path, mutate(bytes, next));
    await judge(tally, `recording ${index} (${container})`, async () => {
      const info = await probe(tools.ffprobe, path, settings);
      await findDataFaults(path, info);
      const own = join(folder, "decoded");
      mkdirSync(own, { recursive: true });
      await decode({ tools, path, info, folder: own, settings });
      await makeThumbnail(tools.ffmpeg, path, join(folder, "picture.jpg"), 3);
    });
    rmSync(path);
  }
  return tally;
}

/** Models of all formats that are read. */
export async function tryModels(folder: string, count: number, seed: number): Promise<FileTally> {
  const tally: FileTally = { tried: 0, taken: 0, longestMs: 0, codes: {}, wrong: [] };
  const next = random(seed);
  const model = demoTensors();
  const make = (name: string): string => {
    const own = join(folder, name);
    mkdirSync(own, { recursive: true });
    return own;
  };
  const [openAi, huggingFace, ctranslate2] = [make("openai"), make("hugging-face"), make("ctranslate2")];
  writeOpenAi(join(openAi, "model.pt"), model);
  writeHuggingFace(huggingFace, model);
  writeCTranslate2(ctranslate2, model);
  const sources = [
    { kind: "ggml", folder: undefined, file: demoModel, ending: "bin" },
    { kind: "openai", folder: undefined, file: join(openAi, "model.pt"), ending: "pt" },
    { kind: "safetensors", folder: huggingFace, file: join(huggingFace, "model.safetensors"), ending: "safetensors" },
    { kind: "ctranslate2", folder: ctranslate2, file: join(ctranslate2, "model.bin"), ending: "bin" },
  ];
  for (let index = 0; index < count; index++) {
    const source = sources[index % sources.length] as (typeof sources)[number];
    const bytes = mutate(readFileSync(source.file), next);
    const own = make(`mutant-${index}`);
    let path: string;
    if (source.folder === undefined) {
      path = join(own, `mutant.${source.ending}`);
      writeFileSync(path, bytes);
    } else {
      cpSync(source.folder, own, { recursive: true });
      writeFileSync(join(own, source.file.split("/").at(-1) ?? ""), bytes);
      path = own;
    }
    await judge(tally, `model ${index} (${source.kind})`, async () => {
      if (source.kind === "ggml") checkModel(path);
      const limits = { stallMs: 30_000, deadlineMs: mostMs, memoryMb: 768 };
      const output = join(folder, "converted.bin");
      await runConversion(
        { path, output, quantization: undefined },
        {
          checkSpace: async () => undefined,
          limits,
        },
      );
    });
    rmSync(own, { recursive: true, force: true });
  }
  return tally;
}
