/**
 * The captions as a viewer sees them: the SCC file is encoded and decoded again, and every character is placed where a
 * CEA-608 decoder puts it, on 15 rows of 32 columns in the middle four fifths of the picture.
 */
import { useMemo } from "react";
import type { Cue } from "../../../electron/captions/cue.ts";
import { type DecodedCaption, decodeScc } from "../../../electron/captions/scc/decode.ts";
import { encodeScc } from "../../../electron/captions/scc/encode.ts";
import { parseScc } from "../../../electron/captions/scc/file.ts";
import { msToFrame } from "../../../electron/captions/time/frame-rate.ts";
import classes from "./meeting.module.css";

export const useSeenCaptions = (cues: readonly Cue[]): readonly DecodedCaption[] =>
  useMemo(() => (cues.length === 0 ? [] : decodeScc(parseScc(encodeScc(cues).text))), [cues]);

/** The last caption that has begun; undefined before the first. Captions are in order. */
function captionAt(captions: readonly DecodedCaption[], frame: number): DecodedCaption | undefined {
  let [low, high] = [0, captions.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((captions[middle]?.startFrame ?? 0) <= frame) low = middle + 1;
    else high = middle;
  }
  const found = captions[low - 1];
  return found !== undefined && frame < found.endFrame ? found : undefined;
}

export function CaptionScreen({ captions, ms }: { readonly captions: readonly DecodedCaption[]; readonly ms: number }) {
  const caption = captionAt(captions, msToFrame(ms));
  return (
    <div className={classes.screen} aria-hidden data-testid="caption-screen">
      {caption?.rows.map(({ row, column, text }) => (
        <span key={row} className={classes.line} style={{ gridRow: row, gridColumn: `${column + 1} / 33` }}>
          <span>{text}</span>
        </span>
      ))}
    </div>
  );
}
