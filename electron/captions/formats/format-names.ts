/**
 * The caption formats by name. Settings, screens, file names and the command line take their lists from here; how each
 * format is read and written stands in format-registry.ts, which this file does not load.
 */

interface FormatName {
  /** What its files are called in lists. */
  readonly label: string;
  /** Endings of its files, with the dot. The first one is used for files that Archivist writes. */
  readonly extensions: readonly [string, ...string[]];
  /** True: written for each transcription, as far as the settings ask for it. False: for conversion only. */
  readonly isDelivered: boolean;
  /** True: a cue keeps its speaker in the file, beside its text. */
  readonly keepsSpeakers: boolean;
}

/** In the order in which they are listed for people. */
export const captionFormats = {
  scc: { label: "Captions (SCC)", extensions: [".scc"], isDelivered: true, keepsSpeakers: false },
  vtt: { label: "Captions (WebVTT)", extensions: [".vtt"], isDelivered: true, keepsSpeakers: true },
  srt: { label: "Captions (SRT)", extensions: [".srt"], isDelivered: true, keepsSpeakers: false },
  ttml: { label: "Captions (TTML)", extensions: [".ttml", ".xml", ".dfxp"], isDelivered: false, keepsSpeakers: true },
  txt: { label: "Transcript", extensions: [".txt"], isDelivered: true, keepsSpeakers: true },
  json: { label: "Words and times", extensions: [".json"], isDelivered: true, keepsSpeakers: true },
} as const satisfies Readonly<Record<string, FormatName>>;

export type CaptionFormatName = keyof typeof captionFormats;
export const captionFormatNames = Object.keys(captionFormats) as [CaptionFormatName, ...CaptionFormatName[]];

/** The formats that are written for a transcription. */
export type DeliveredFormatName = {
  [Name in CaptionFormatName]: (typeof captionFormats)[Name]["isDelivered"] extends true ? Name : never;
}[CaptionFormatName];

export const deliveredFormatNames = captionFormatNames.filter(
  (name): name is DeliveredFormatName => captionFormats[name].isDelivered,
) as [DeliveredFormatName, ...DeliveredFormatName[]];

/** Every ending that a caption file may have, with the dot. */
export const captionFileExtensions: readonly string[] = captionFormatNames.flatMap(
  (name) => captionFormats[name].extensions,
);
