/** What a format cannot keep of captions that are written in it. */
import type { Cue } from "../../captions/cue.ts";
import { type CaptionFormatName, captionFormats } from "../../captions/formats/format-names.ts";
import type { CueProfile } from "../../captions/quality/caption-profile.ts";
import { createIssue, type Issue } from "../../captions/quality/issue.ts";
import { beginsTurn } from "../../captions/speaker-turn.ts";
import { counted } from "../terminal/print.ts";

/** Formats that hold text and times, and nothing of how it looks. */
const plainFormats: ReadonlySet<CaptionFormatName> = new Set<CaptionFormatName>(["txt"]);

function leftOut(count: number, what: string, format: CaptionFormatName): readonly Issue[] {
  return count === 0
    ? []
    : [createIssue("left-out", `${count} × ${what}, which ${format.toUpperCase()} has no place for`)];
}

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

/**
 * Issues of what is lost when captions are written in a format.
 * @param cues in order of time
 * @param profile how speakers are labeled
 */
export function listLosses(cues: readonly Cue[], format: CaptionFormatName, profile: CueProfile): readonly Issue[] {
  const isStyled = ({ styles = [] }: Cue): boolean => styles.some((style) => Object.keys(style).length > 0);
  return [
    ...findUnnamed(cues, format, profile),
    ...(plainFormats.has(format) ? leftOut(cues.filter(isStyled).length, "italics, underlines or colors", format) : []),
    ...(format === "srt"
      ? leftOut(cues.filter(({ places }) => places !== undefined).length, "the exact place", format)
      : []),
    ...(format === "scc" ? findOverlaps(cues) : []),
  ];
}
