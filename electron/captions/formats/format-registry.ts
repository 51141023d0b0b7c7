/** The caption formats: each is declared in its folder. How to add one: electron/README.md, "Add a caption format". */
import { ass } from "./ass/format.ts";
import { cap } from "./cap/format.ts";
import type { BinaryCaptionFormat, BinaryCaptionReader, CaptionFormat, CaptionReader } from "./caption-format.ts";
import type { BinaryFormatName, TextFormatName, WrittenFormatName } from "./format-names.ts";
import { itt } from "./itt/format.ts";
import { json } from "./json/format.ts";
import { mcc } from "./mcc/format.ts";
import { microdvd } from "./microdvd/format.ts";
import { sami } from "./sami/format.ts";
import { sbv } from "./sbv/format.ts";
import { scc } from "./scc/format.ts";
import { spruce } from "./spruce/format.ts";
import { srt } from "./srt/format.ts";
import { stl } from "./stl/format.ts";
import { subviewer } from "./subviewer/format.ts";
import { txt } from "./text/format.ts";
import { ttml } from "./ttml/format.ts";
import { vtt } from "./webvtt/format.ts";
import { whisper } from "./whisper/format.ts";

/** A format that Archivist writes has a writer, which the others need not have. */
type Registry<Name extends TextFormatName | BinaryFormatName, Writer, Reader> = {
  readonly [Each in Name]: Each extends WrittenFormatName ? Writer : Reader;
};

/** In the order in which they are tried: a transcript is what no other format recognizes. */
export const formatRegistry: Registry<TextFormatName, CaptionFormat, CaptionReader> = {
  scc,
  mcc,
  vtt,
  microdvd,
  whisper,
  json,
  sami,
  ttml,
  itt,
  ass,
  spruce,
  sbv,
  subviewer,
  srt,
  txt,
};

/** These are asked before any text format. */
export const binaryFormatRegistry: Registry<BinaryFormatName, BinaryCaptionFormat, BinaryCaptionReader> = { stl, cap };
