/** What a format cannot keep of captions that are written in it. */
import type { Cue } from "../../captions/cue.ts";
import { type CaptionFormatName, captionFormats } from "../../captions/formats/format-names.ts";
import { createIssue, type Issue } from "../../captions/quality/issue.ts";

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

/**
 * Issues of what is lost when captions are written in a format.
 * @param cues in order of time
 */
export function listLosses(cues: readonly Cue[], format: CaptionFormatName): readonly Issue[] {
  const isUnnamed = ({ speaker, lines }: Cue): boolean => speaker !== undefined && !/^\s*(>>|-)/.test(lines[0] ?? "");
  const isStyled = ({ styles = [] }: Cue): boolean => styles.some((style) => Object.keys(style).length > 0);
  return [
    ...(captionFormats[format].keepsSpeakers
      ? []
      : leftOut(cues.filter(isUnnamed).length, "the name of the speaker", format)),
    ...(plainFormats.has(format) ? leftOut(cues.filter(isStyled).length, "italics, underlines or colors", format) : []),
    ...(format === "srt"
      ? leftOut(cues.filter(({ places }) => places !== undefined).length, "the exact place", format)
      : []),
    ...(format === "scc" ? findOverlaps(cues) : []),
  ];
}
