/** What a format cannot keep of captions that are written in it. */
import type { Cue } from "../../captions/cue.ts";
import { type CaptionFormatName, captionFormats, isLine21Format } from "../../captions/formats/format-names.ts";
import { listWriteLosses } from "../../captions/formats/write-losses.ts";
import type { CueProfile } from "../../captions/quality/caption-profile.ts";
import { createIssue, type Issue } from "../../captions/quality/issue.ts";
import { labelSpeakers } from "../../captions/segmentation/speaker-labels.ts";
import { beginsTurn } from "../../captions/speaker-turn.ts";
import { parseCaptionFile } from "../../editing/parse-caption-file.ts";
import { counted } from "../terminal/print.ts";

/** Captions that end after the next one has begun: a caption channel shows one at a time. */
function findOverlaps(cues: readonly Cue[]): readonly Issue[] {
  const overlapping = cues.filter(({ endMs }, index) => endMs > (cues[index + 1]?.startMs ?? endMs));
  const [first] = overlapping;
  if (first === undefined) return [];
  const message = `${overlapping.length} × a caption that ends after the next one begins: it is shown until then`;
  return [createIssue("overlap", message, { atMs: first.startMs, severity: "warning" })];
}

/** Captions that say who speaks, where the new file does not name them. */
function findUnnamed(cues: readonly Cue[], format: CaptionFormatName, { speakerLabels }: CueProfile): readonly Issue[] {
  if (captionFormats[format].keepsSpeakers || speakerLabels === "names") return [];
  const count = cues.filter(({ speaker, lines }) => speaker !== undefined && !beginsTurn(lines[0] ?? "")).length;
  if (count === 0) return [];
  const shown = speakerLabels === "none" ? "does not show it" : "shows only that another person speaks";
  const message = `${counted(count, "caption")} of the old file with a speaker: the new file ${shown}`;
  return [createIssue("left-out", message, { remedy: "To write the names, add --speakers names." })];
}

/** A transcript has words and no styles; its captions are cut anew, so that they cannot be compared. */
function findLostStyles(cues: readonly Cue[]): readonly Issue[] {
  const count = cues.filter(({ styles = [] }) => styles.some((style) => Object.keys(style).length > 0)).length;
  return count === 0 ? [] : [createIssue("left-out", `not kept: ${count} × italics, underline or colors`)];
}

/**
 * Issues of what is lost when captions are written in a format.
 * @param cues in order of time
 * @param profile how speakers are labeled
 * @param written the content of the new file
 */
export function listLosses(
  cues: readonly Cue[],
  format: CaptionFormatName,
  profile: CueProfile,
  written: string | Uint8Array,
): readonly Issue[] {
  const unnamed = findUnnamed(cues, format, profile);
  // Of line 21 the encoder tells the rest.
  if (isLine21Format(format)) return [...unnamed, ...findOverlaps(cues)];
  if (format === "txt") return [...unnamed, ...findLostStyles(cues)];
  const labeled = captionFormats[format].keepsSpeakers ? cues : labelSpeakers(cues, profile);
  if (labeled.every(({ lines }) => lines.join("").trim() === "")) return unnamed;
  const kept = parseCaptionFile(Buffer.from(written), { startMs: 0 }).cues;
  return [...unnamed, ...listWriteLosses(labeled, kept, captionFormats[format].keepsPlaces)];
}
