/** The caption formats: each is declared in its folder. How to add one: electron/README.md, "Add a caption format". */
import type { CaptionFormat } from "./caption-format.ts";
import type { CaptionFormatName } from "./format-names.ts";
import { json } from "./json/format.ts";
import { scc } from "./scc/format.ts";
import { srt } from "./srt/format.ts";
import { txt } from "./text/format.ts";
import { ttml } from "./ttml/format.ts";
import { vtt } from "./webvtt/format.ts";

/** In the order in which they are tried: a transcript is what no other format recognizes. */
export const formatRegistry: Readonly<Record<CaptionFormatName, CaptionFormat>> = { scc, vtt, json, ttml, srt, txt };
