/**
 * The caption formats by name. Settings, screens, file names and the command line take their lists from here; how each
 * format is read and written stands in format-registry.ts, which this file does not load.
 */

interface FormatName {
  /** What its files are called in lists. */
  readonly label: string;
  /** What people call it in a sentence. */
  readonly title: string;
  /** Endings of its files, with the dot. The first one is used for files that Archivist writes. */
  readonly extensions: readonly [string, ...string[]];
  /** Whether its files are text in some encoding, or bytes that have a meaning of their own. */
  readonly content: "text" | "binary";
  /**
   * `delivered-by-default` and `delivered`: written for each transcription, as far as the settings ask for it, which
   * they do for the former unless they are changed. `converted`: written by conversion only. `none`: only read.
   */
  readonly writing: "delivered-by-default" | "delivered" | "converted" | "none";
  /** True: a cue keeps its speaker in the file, beside its text. */
  readonly keepsSpeakers: boolean;
  /** True: the rows and columns of a cue are kept, or become a place in the picture that shows the same. */
  readonly keepsPlaces: boolean;
}

const readOnly = { content: "text", writing: "none" } as const;

/** In the order in which they are listed for people. */
export const captionFormats = {
  scc: {
    label: "Captions (SCC)",
    title: "SCC",
    extensions: [".scc"],
    content: "text",
    writing: "delivered-by-default",
    keepsSpeakers: false,
    keepsPlaces: true,
  },
  mcc: {
    label: "Captions (MCC)",
    title: "MCC",
    extensions: [".mcc"],
    content: "text",
    writing: "delivered",
    keepsSpeakers: false,
    keepsPlaces: true,
  },
  vtt: {
    label: "Captions (WebVTT)",
    title: "WebVTT",
    extensions: [".vtt"],
    content: "text",
    writing: "delivered-by-default",
    keepsSpeakers: true,
    keepsPlaces: true,
  },
  srt: {
    label: "Captions (SRT)",
    title: "SRT",
    extensions: [".srt"],
    content: "text",
    writing: "delivered-by-default",
    keepsSpeakers: false,
    keepsPlaces: false,
  },
  ttml: {
    label: "Captions (TTML)",
    title: "TTML",
    extensions: [".ttml", ".xml", ".dfxp"],
    content: "text",
    writing: "delivered",
    keepsSpeakers: true,
    keepsPlaces: true,
  },
  itt: {
    label: "Captions (iTunes Timed Text)",
    title: "iTunes Timed Text",
    extensions: [".itt"],
    content: "text",
    writing: "converted",
    keepsSpeakers: false,
    keepsPlaces: false,
  },
  stl: {
    label: "Subtitles (EBU STL)",
    title: "EBU STL",
    extensions: [".stl"],
    content: "binary",
    writing: "converted",
    keepsSpeakers: false,
    keepsPlaces: false,
  },
  sbv: {
    label: "Captions (SBV)",
    title: "SBV",
    extensions: [".sbv"],
    content: "text",
    writing: "converted",
    keepsSpeakers: false,
    keepsPlaces: false,
  },
  txt: {
    label: "Transcript",
    title: "transcripts with times (TXT)",
    extensions: [".txt"],
    content: "text",
    writing: "delivered-by-default",
    keepsSpeakers: true,
    keepsPlaces: false,
  },
  json: {
    label: "Words and times",
    title: "Archivist JSON",
    extensions: [".json"],
    content: "text",
    writing: "delivered-by-default",
    keepsSpeakers: true,
    keepsPlaces: true,
  },
  cap: {
    label: "Captions (Cheetah CAP)",
    title: "Cheetah CAP",
    extensions: [".cap"],
    content: "binary",
    writing: "none",
    keepsSpeakers: false,
    keepsPlaces: false,
  },
  spruce: {
    ...readOnly,
    label: "Subtitles (Spruce STL)",
    title: "Spruce STL",
    extensions: [".stl"],
    keepsSpeakers: false,
    keepsPlaces: false,
  },
  ass: {
    ...readOnly,
    label: "Subtitles (ASS)",
    title: "ASS and SSA",
    extensions: [".ass", ".ssa"],
    keepsSpeakers: true,
    keepsPlaces: false,
  },
  sami: {
    ...readOnly,
    label: "Captions (SAMI)",
    title: "SAMI",
    extensions: [".smi", ".sami"],
    keepsSpeakers: false,
    keepsPlaces: false,
  },
  subviewer: {
    ...readOnly,
    label: "Subtitles (SubViewer)",
    title: "SubViewer",
    extensions: [".sub"],
    keepsSpeakers: false,
    keepsPlaces: false,
  },
  microdvd: {
    ...readOnly,
    label: "Subtitles (MicroDVD)",
    title: "MicroDVD",
    extensions: [".sub"],
    keepsSpeakers: false,
    keepsPlaces: false,
  },
  whisper: {
    ...readOnly,
    label: "Whisper transcript",
    title: "the JSON of Whisper and WhisperX",
    extensions: [".json"],
    keepsSpeakers: true,
    keepsPlaces: false,
  },
} as const satisfies Readonly<Record<string, FormatName>>;

type Formats = typeof captionFormats;

export type CaptionFormatName = keyof Formats;
export const captionFormatNames = Object.keys(captionFormats) as [CaptionFormatName, ...CaptionFormatName[]];

type FormatsBy<Field extends keyof FormatName, Value> = {
  [Name in CaptionFormatName]: Formats[Name][Field] extends Value ? Name : never;
}[CaptionFormatName];

export type BinaryFormatName = FormatsBy<"content", "binary">;
export type TextFormatName = FormatsBy<"content", "text">;

/** The formats that Archivist can write. */
export type WrittenFormatName = Exclude<CaptionFormatName, FormatsBy<"writing", "none">>;
export type WrittenTextFormatName = WrittenFormatName & TextFormatName;

export const writtenFormatNames = captionFormatNames.filter(
  (name): name is WrittenFormatName => captionFormats[name].writing !== "none",
);

/** The formats that are written for a transcription. */
export type DeliveredFormatName = FormatsBy<"writing", "delivered-by-default" | "delivered">;

export const deliveredFormatNames = captionFormatNames.filter((name): name is DeliveredFormatName =>
  captionFormats[name].writing.startsWith("delivered"),
) as [DeliveredFormatName, ...DeliveredFormatName[]];

/** The formats that are written for a transcription unless the settings say otherwise. */
export const defaultFormatNames = deliveredFormatNames.filter(
  (name) => captionFormats[name].writing === "delivered-by-default",
);

const listExtensions = (names: readonly CaptionFormatName[]): readonly string[] => [
  ...new Set(names.flatMap((name) => captionFormats[name].extensions)),
];

/** Every ending that a caption file may have, with the dot. */
export const captionFileExtensions = listExtensions(captionFormatNames);

/** Every ending that a file to be written may have, with the dot. */
export const writtenFileExtensions = listExtensions(writtenFormatNames);

/** The format that is written under an ending. @param extension with the dot, in lower case */
export function findWrittenFormat(extension: string): WrittenFormatName | undefined {
  return writtenFormatNames.find((name) => (captionFormats[name].extensions as readonly string[]).includes(extension));
}

/** True for files of line 21 words. */
export const isLine21Format = (name: CaptionFormatName): boolean => name === "scc" || name === "mcc";

/** What Archivist reads, in a sentence. */
export const readableFormats = new Intl.ListFormat("en-US", { type: "disjunction" }).format(
  captionFormatNames.map((name) => captionFormats[name].title),
);
