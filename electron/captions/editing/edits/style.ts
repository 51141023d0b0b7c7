/** Edits of the text, style, position and review state of captions. */
import { toCharacterStyles, toCueStyles, toLineStyle } from "../../character-style.ts";
import type { LineStyle } from "../../cue.ts";
import { toStyledWords, withLines } from "../../cue-lines.ts";
import { type Change, exchanging, isSameCue, type Splice } from "../change.ts";
import type { CommandFor } from "../command.ts";
import { balanced, wordsOfText } from "../cue-text.ts";
import type { EditCue } from "../document.ts";
import type { EditContext } from "../edit-context.ts";
import { EditError } from "../refused.ts";
import type { SplitPiece } from "../split-long.ts";
import { gapBefore } from "./cues.ts";
import { eachCue } from "./each-cue.ts";
import { cuesNamed, findCue } from "./lookup.ts";

export function setText({ document }: EditContext, { cue: id, lines }: CommandFor<"text">): Change {
  const { at, cue } = findCue(document, id);
  const next = withLines(cue, lines);
  const isSame = next.lines.length === cue.lines.length && next.lines.every((line, index) => line === cue.lines[index]);
  return { cues: isSame ? [] : [{ at, removed: [cue], inserted: [next] }], marks: [] };
}

export const balanceCues = (context: EditContext, { cues }: CommandFor<"balance">): Change =>
  eachCue(context, cues, (cue) => withLines(cue, balanced(cue.lines, context.profile)));

/** Sets position, alignment and italics of whole captions; options that are absent stay as they are. */
export const placeCues = (context: EditContext, command: CommandFor<"place">): Change =>
  eachCue(context, command.cues, (cue) => {
    const { edge, align, italic } = command;
    const { places, styles, ...rest } = cue;
    // Rows and columns of their own would contradict the edge or alignment that is asked for.
    const keepsPlaces = places !== undefined && edge === undefined && align === undefined;
    return {
      ...rest,
      ...(keepsPlaces ? { places } : {}),
      ...(edge === undefined ? {} : { edge }),
      ...(align === undefined ? {} : { align }),
      ...(italic === undefined
        ? styles !== undefined && { styles }
        : toCueStyles(cue.lines.map((line, index) => withItalic(line, styles?.[index], italic)))),
    };
  });

/** A line in italics or upright as a whole; its colors and underlines stay. */
const withItalic = (line: string, style: LineStyle | undefined, italic: boolean): LineStyle => {
  if (style?.parts !== undefined) {
    return toLineStyle(
      line,
      toCharacterStyles(line, style).map((one) => ({ ...one, italic })),
    );
  }
  const { italic: _, ...other } = style ?? {};
  return italic ? { ...other, italic } : other;
};

/** Marks captions as reviewed, or removes that mark. */
export const acceptCues = (context: EditContext, command: CommandFor<"accept"> | CommandFor<"unaccept">): Change =>
  eachCue(context, command.cues, ({ reviewed: _, ...cue }) =>
    command.type === "accept" ? { ...cue, reviewed: true } : cue,
  );

export function replaceText({ document }: EditContext, { cues }: CommandFor<"replace">): Change {
  const known = cuesNamed(
    document,
    cues.map(({ cue }) => cue),
  );
  const exchanged = cues.map(({ cue, lines }) => [cue, withLines(known.get(cue) as EditCue, lines)] as const);
  return exchanging(document, new Map(exchanged));
}

/**
 * Clips a fix that would overlap the adjacent caption to that caption's start, so that the other fixes can still be
 * applied.
 */
function clipped(before: readonly EditCue[], after: ReadonlyMap<number, EditCue>): ReadonlyMap<number, EditCue> {
  const kept = new Map(after);
  const now = (cue: EditCue): EditCue => kept.get(cue.id) ?? cue;
  before.forEach((cue, index) => {
    const next = before[index + 1];
    if (next === undefined || (!after.has(cue.id) && !after.has(next.id))) return;
    const [own, other] = [now(cue), now(next)];
    const allowed = Math.max(0, cue.endMs - next.startMs);
    if (own.endMs - other.startMs <= allowed && other.startMs > own.startMs) return;
    if (after.has(next.id) && other.startMs < next.startMs) kept.set(next.id, { ...other, startMs: next.startMs });
    const limit = now(next).startMs;
    if (own.endMs - limit > allowed) {
      if (limit > own.startMs) kept.set(cue.id, { ...own, endMs: limit });
      else {
        kept.delete(cue.id);
        kept.delete(next.id);
      }
    }
  });
  return kept;
}

/**
 * Applies proposals. Captions that are cut keep what is not their text or time: speaker, place, and the style of each word.
 * @throws EditError when a caption no longer exists, or no longer has the words that it is cut into
 */
export function fixCues({ document, profile }: EditContext, { cues }: CommandFor<"fix">): Change {
  const known = cuesNamed(
    document,
    cues.map(({ cue }) => cue),
  );
  const whole = cues.filter(({ pieces }) => pieces === undefined);
  const exchanged = whole.map(({ cue: id, startMs, endMs, lines }) => {
    const cue = known.get(id) as EditCue;
    const timed = { ...cue, startMs: startMs ?? cue.startMs, endMs: endMs ?? cue.endMs };
    return [id, lines === undefined ? timed : withLines(timed, lines)] as const;
  });
  const fixed = clipped(document.cues, new Map(exchanged));
  if (whole.length === cues.length) return exchanging(document, fixed);
  const cuts = new Map(cues.flatMap(({ cue, pieces }) => (pieces === undefined ? [] : [[cue, pieces] as const])));
  let { nextId } = document;
  const splices = document.cues.flatMap((cue, at): Splice[] => {
    const pieces = cuts.get(cue.id);
    if (pieces !== undefined) {
      const inserted = cutCue(cue, pieces, profile.minGapMs, () => nextId++);
      return [{ at, removed: [cue], inserted }];
    }
    const other = fixed.get(cue.id);
    return other === undefined || isSameCue(cue, other) ? [] : [{ at, removed: [cue], inserted: [other] }];
  });
  return { cues: splices, marks: [] };
}

/** @param takeId an id for each piece after the first, which keeps the caption's own */
function cutCue(
  cue: EditCue,
  pieces: readonly SplitPiece[],
  minGapMs: number,
  takeId: () => number,
): readonly EditCue[] {
  const styled = toStyledWords(cue);
  const texts = pieces.flatMap(({ lines }) => [...wordsOfText(lines)]);
  const own = wordsOfText(cue.lines);
  if (texts.length !== own.length || texts.some((text, index) => text !== own[index]))
    throw new EditError("the caption has another text by now");
  let word = 0;
  return pieces.map(({ startMs, endMs, lines }, index) => {
    const from = word;
    word += wordsOfText(lines).length;
    const next = pieces[index + 1];
    const timed = {
      ...cue,
      id: index === 0 ? cue.id : takeId(),
      startMs,
      endMs: next === undefined ? endMs : next.startMs - gapBefore(startMs, next.startMs, minGapMs),
    };
    return withLines(timed, lines, styled.slice(from, word));
  });
}
