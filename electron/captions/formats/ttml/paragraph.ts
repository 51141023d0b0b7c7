/**
 * The text of a TTML paragraph as it is shown in time. Spans may have times of their own, so that a paragraph is one
 * state of the screen or several after one another.
 */
import type { Cue } from "../../cue.ts";
import { StyledLine, toCueLines } from "../markup/styled-line.ts";
import type { TtmlStyle } from "./style.ts";

/** A piece of text, or a line break, with the time in which it is shown. */
export interface TextPiece {
  /** Undefined: a line break. */
  readonly text: string | undefined;
  readonly style: TtmlStyle;
  readonly startMs: number;
  /** Infinite where no end is known. */
  readonly endMs: number;
}

export interface ParagraphState {
  readonly startMs: number;
  readonly endMs: number;
  readonly text: Pick<Cue, "lines"> & Partial<Pick<Cue, "styles">>;
}

/** More pieces in more states than this are no caption: they are shown each by itself, in one pass. */
const maxWork = 20_000;

function toText(pieces: readonly TextPiece[]): ParagraphState["text"] {
  let line = new StyledLine();
  const lines = [line];
  for (const { text, style } of pieces) {
    if (text === undefined) {
      line = new StyledLine();
      lines.push(line);
    } else {
      const { italic = false, underline = false, color } = style;
      line.append(text, { italic, underline, color: color?.color });
    }
  }
  return toCueLines(lines);
}

const isBlank = ({ text }: TextPiece): boolean => text === undefined || text.trim() === "";

/** The states of a paragraph that show text, in order of time. */
export function listStates(pieces: readonly TextPiece[]): readonly ParagraphState[] {
  const spans = new Map<string, { readonly startMs: number; readonly endMs: number }>();
  for (const piece of pieces) {
    if (!isBlank(piece)) spans.set(`${piece.startMs} ${piece.endMs}`, { startMs: piece.startMs, endMs: piece.endMs });
  }
  const [only] = spans.values();
  if (only === undefined) return [];
  if (spans.size === 1) return [{ ...only, text: toText(pieces) }];
  const marks = [...new Set([...spans.values()].flatMap(({ startMs, endMs }) => [startMs, endMs]))].sort(
    (a, b) => a - b,
  );
  if (marks.length * pieces.length > maxWork) {
    const byTime = Map.groupBy(
      pieces.filter((piece) => !isBlank(piece)),
      ({ startMs, endMs }) => `${startMs} ${endMs}`,
    );
    return [...byTime].flatMap(([key, shown]) => {
      const span = spans.get(key);
      return span === undefined ? [] : [{ ...span, text: toText(shown) }];
    });
  }
  return marks.slice(0, -1).flatMap((startMs, index) => {
    const shown = pieces.filter((piece) => piece.startMs <= startMs && piece.endMs > startMs);
    const text = toText(shown);
    return text.lines.length === 0 ? [] : [{ startMs, endMs: marks[index + 1] ?? startMs, text }];
  });
}
