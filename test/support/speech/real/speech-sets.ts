/**
 * Recordings of real speech with their truth, and real models: too large for the repository, so they lie beside the
 * checkout, or in the folders that `ARCHIVIST_BENCH_SETS` and `ARCHIVIST_BENCH_MODELS` name.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { projectRoot } from "../../paths.ts";

const sharedFolder = join(projectRoot, "../shared");
/** Recordings (`NAME.flac` or `.mp3`) with their truth (`NAME.json`). */
export const setsFolder = process.env.ARCHIVIST_BENCH_SETS ?? join(sharedFolder, "cases/speech");
const modelFolders = [process.env.ARCHIVIST_BENCH_MODELS, join(sharedFolder, "models")].filter(
  (folder) => folder !== undefined && folder !== "",
) as readonly string[];

/** Names that are said in the council set. */
export const councilNames = [
  "Okafor",
  "Alvarez",
  "Brennan",
  "Whitfield",
  "Margaret Delacroix",
  "Tony Nakamura",
  "Fairhaven",
  "Elm Street",
] as const;

const turnSchema = z.object({
  /** Seconds from the start of the recording. */
  start: z.number(),
  end: z.number(),
  speaker: z.string(),
  text: z.string(),
  /** In which way this part was recorded. */
  variant: z.string().optional(),
});
export type Turn = z.infer<typeof turnSchema>;

const truthSchema = z.object({ turns: z.array(turnSchema).default([]), text: z.string().optional() });

/** The sets: what is said in them, and in which language. */
const languages = {
  "council-a": "en",
  "council-a-seven-ways": "en",
  "comite-c": "es",
  "reading-human": "en",
  "cards-human": "en",
} as const;
export type SpeechSetName = keyof typeof languages;
export const speechSetNames = Object.keys(languages) as readonly SpeechSetName[];

export interface SpeechSet {
  readonly name: SpeechSetName;
  readonly language: string;
  /** Absolute path of the recording. */
  readonly path: string;
  /** Who says what when; empty where only the text is known. */
  readonly turns: readonly Turn[];
  readonly text: string;
}

const toText = (turns: readonly Turn[]): string => turns.map(({ text }) => text).join(" ");

/** Finds a set; undefined: it is not on this machine. */
export function findSpeechSet(name: SpeechSetName): SpeechSet | undefined {
  const truth = join(setsFolder, `${name}.json`);
  const path = ["flac", "mp3"].map((type) => join(setsFolder, `${name}.${type}`)).find(existsSync);
  if (path === undefined || !existsSync(truth)) return undefined;
  const { turns, text } = truthSchema.parse(JSON.parse(readFileSync(truth, "utf8")));
  return { name, language: languages[name], path, turns, text: text ?? toText(turns) };
}

/** Finds the ggml file of a real model, such as `base-q8_0`; undefined: it is not on this machine. */
export function findRealModel(name: string): string | undefined {
  return modelFolders.map((folder) => join(folder, `ggml-${name}.bin`)).find(existsSync);
}

/** A recording with its truth: a set, or one of the ways in which a set was recorded. */
export interface SpokenRecording {
  /** `council-a`, or `council-a-seven-ways hall`. */
  readonly name: string;
  readonly language: string;
  readonly path: string;
  readonly turns: readonly Turn[];
  readonly text: string;
}

/**
 * The recordings of a set, each in a file of its own: a set that holds several, one after another, is cut in the middle
 * of the pauses between them.
 * @param folder where cut recordings are written
 */
export function listRecordings(set: SpeechSet, folder: string): readonly SpokenRecording[] {
  const parts = [...Map.groupBy(set.turns, ({ variant }) => variant ?? "")];
  if (parts.length < 2) return [set];
  /** Seconds of the middle between a part and the one before it. */
  const startSeconds = (index: number): number | undefined => {
    const [before, after] = [parts[index - 1]?.[1].at(-1), parts[index]?.[1][0]];
    if (before === undefined) return 0;
    return after === undefined ? undefined : (before.end + after.start) / 2;
  };
  return parts.map(([variant, own], index) => {
    const [from = 0, to] = [startSeconds(index), startSeconds(index + 1)];
    const path = join(folder, `${set.name}-${variant}.flac`);
    const until = to === undefined ? [] : ["-to", String(to)];
    execFileSync("ffmpeg", ["-nostdin", "-v", "error", "-y", "-ss", String(from), ...until, "-i", set.path, path]);
    const turns = own.map((turn) => ({ ...turn, start: turn.start - from, end: turn.end - from }));
    return { name: `${set.name} ${variant}`, language: set.language, path, turns, text: toText(own) };
  });
}

/** Finds another file or folder beside the real models, such as a Python environment. */
export function findBesideModels(name: string): string | undefined {
  return modelFolders.map((folder) => join(folder, name)).find(existsSync);
}
