/** Edits that split, merge, insert, delete and exchange captions, and move words between them. */
import { append } from "../../append.ts";
import { cueText, type LinePlace } from "../../cue.ts";
import { toStyledWords, withLines } from "../../cue-lines.ts";
import { formatSpeakerLabel } from "../../segmentation/tokens.ts";
import { beginsTurn } from "../../speaker-turn.ts";
import { type Change, replacing, type Splice } from "../change.ts";
import type { CommandFor } from "../command.ts";
import { toCueKey } from "../cue-key.ts";
import { balanced, hasTurns, isLead, linesOfWords, type PlacedWord, placedWords, wordsBefore } from "../cue-text.ts";
import { type EditCue, indexAt } from "../document.ts";
import type { EditContext } from "../edit-context.ts";
import { EditError } from "../refused.ts";
import { cuesNamed, findCue } from "./lookup.ts";

const only = (change: Change["cues"]): Change => ({ cues: change, marks: [] });

/** The gap between two adjacent captions, reduced where there is no room for it. */
export const gapBefore = (startMs: number, atMs: number, minGapMs: number): number =>
  Math.min(minGapMs, Math.floor((atMs - startMs) / 2));

/** Splits a caption in two. @throws EditError when one side would be empty, or the time is outside of the caption */
export function splitCue({ document, profile }: EditContext, { cue: id, offset, atMs }: CommandFor<"split">): Change {
  const { at, cue } = findCue(document, id);
  const words = placedWords(cue.lines);
  const count = wordsBefore(cueText(cue), offset);
  const [left, right] = [words.slice(0, count), words.slice(count)];
  const keepsLines = hasTurns(cue.lines);
  if (left.length === 0 || right.length === 0) throw new EditError("there is nothing to split here");
  if (atMs <= cue.startMs || atMs >= cue.endMs) throw new EditError("the place is outside of the caption");
  const styled = toStyledWords(cue);
  const first = withLines(
    { ...cue, endMs: atMs - gapBefore(cue.startMs, atMs, profile.minGapMs) },
    linesOfWords(left, keepsLines, profile),
    styled.slice(0, count),
  );
  const second = withLines(
    { ...cue, id: document.nextId, startMs: atMs },
    linesOfWords(right, keepsLines, profile),
    styled.slice(count),
  );
  return only([{ at, removed: [cue], inserted: [first, second] }]);
}

/** Merges a caption with the next one. @throws EditError when there is no next caption */
export function mergeCues({ document, profile }: EditContext, { cue: id }: CommandFor<"merge">): Change {
  const { at, cue } = findCue(document, id);
  const next = document.cues[at + 1];
  if (next === undefined) throw new EditError("there is no caption after it");
  const { reviewed: _, places: __, ...rest } = cue;
  const whole: EditCue = {
    ...rest,
    endMs: Math.max(cue.endMs, next.endMs),
    ...(cue.reviewed && next.reviewed ? { reviewed: true } : {}),
  };
  const isOneSpeaker = cue.speaker === next.speaker;
  // Two speakers in one caption: the second one gets a label, so that viewers see where that turn begins.
  const [first = "", ...more] = next.lines;
  const areKnown = cue.speaker !== undefined && next.speaker !== undefined;
  const isMentioned = beginsTurn(first) || !areKnown;
  const turn = isMentioned
    ? next.lines
    : [[...formatSpeakerLabel(next.speaker ?? "", profile.speakerLabels), first].join(" "), ...more];
  const lines = isOneSpeaker ? balanced([...cue.lines, ...next.lines], profile) : [...cue.lines, ...turn];
  const merged = withLines(whole, lines, [...toStyledWords(cue), ...toStyledWords(next)]);
  const places = mergePlaces(cue, next, lines);
  return only([{ at, removed: [cue, next], inserted: [places === undefined ? merged : { ...merged, places }] }]);
}

/**
 * Places of a merged caption: those of both, where the lines of the second are below those of the first; those of the
 * first, where the text of both fits into its lines and the second stands on the same rows; else none.
 */
function mergePlaces(cue: EditCue, next: EditCue, lines: readonly string[]): readonly LinePlace[] | undefined {
  if (cue.places === undefined || next.places === undefined) return undefined;
  const both = [...cue.places, ...next.places];
  if (both.length === lines.length && both.every(({ row }, at) => row > (both[at - 1]?.row ?? 0))) return both;
  const areOnSameRows = next.places.every(({ row }) => cue.places?.some((place) => place.row === row));
  return areOnSameRows ? withLines(cue, lines).places : undefined;
}

/** Inserts a caption. @throws EditError when a caption already begins at that time */
export function insertCue({ document }: EditContext, { startMs, endMs, lines }: CommandFor<"insert">): Change {
  const before = indexAt(document.cues, startMs);
  if (document.cues[before]?.startMs === startMs) throw new EditError("a caption begins there already");
  return only([{ at: before + 1, removed: [], inserted: [{ id: document.nextId, startMs, endMs, lines }] }]);
}

export function deleteCues({ document }: EditContext, { cues: ids }: CommandFor<"delete">): Change {
  const gone = cuesNamed(document, ids);
  return only(document.cues.flatMap((cue, at) => (gone.has(cue.id) ? [{ at, removed: [cue], inserted: [] }] : [])));
}

/** Moves a word to the adjacent caption; the border between the two moves to the time of that word, if known. */
export function pushWord({ document, profile }: EditContext, command: CommandFor<"push">): Change {
  const { at } = findCue(document, command.cue);
  const isNext = command.direction === "next";
  const [first, second] = isNext
    ? [document.cues[at], document.cues[at + 1]]
    : [document.cues[at - 1], document.cues[at]];
  if (first === undefined || second === undefined) throw new EditError("there is no caption to give it to");
  const [left, right] = [[...placedWords(first.lines)], [...placedWords(second.lines)]];
  const styled = [...toStyledWords(first), ...toStyledWords(second)];
  const giver = isNext ? left : right;
  const keeps = [hasTurns(first.lines), hasTurns(second.lines)] as const;
  const moved: PlacedWord[] = [];
  // A leading dash moves with its word.
  if (isNext) {
    const last = left.pop();
    if (last !== undefined) moved.unshift({ ...last, line: right[0]?.line ?? 0 });
    if (isLead(left.at(-1)?.text ?? "")) moved.unshift({ ...(left.pop() as PlacedWord), line: right[0]?.line ?? 0 });
    right.unshift(...moved);
  } else {
    const line = left.at(-1)?.line ?? 0;
    const isDash = isLead(right[0]?.text ?? "");
    append(
      moved,
      right.splice(0, isDash ? 2 : 1).map((word) => ({ ...word, line })),
    );
    append(left, moved);
  }
  if (giver.length === 0) throw new EditError("a caption keeps at least one word");
  const border = command.atMs;
  const fitsBorder = border !== undefined && border > first.startMs + 1 && border < second.endMs - 1;
  const times = fitsBorder
    ? [{ endMs: border - gapBefore(first.startMs, border, profile.minGapMs) }, { startMs: border }]
    : [{}, {}];
  return only([
    {
      at: isNext ? at : at - 1,
      removed: [first, second],
      inserted: [
        withLines({ ...first, ...times[0] }, linesOfWords(left, keeps[0], profile), styled.slice(0, left.length)),
        withLines({ ...second, ...times[1] }, linesOfWords(right, keeps[1], profile), styled.slice(left.length)),
      ],
    },
  ]);
}

/**
 * Replaces all captions, or those that begin in given spans. Captions that begin at the same time keep their ids, and those
 * that are the same their review.
 * @throws EditError when spans are not in their order
 */
export function exchangeCues({ document }: EditContext, command: CommandFor<"exchange">): Change {
  const { startMs = 0, endMs = Number.POSITIVE_INFINITY } = command;
  let { nextId } = document;
  let [from, latest] = [0, -1];
  const spans = command.spans ?? [{ startMs, endMs }];
  const given = Map.groupBy(command.cues, (cue) => indexAt(spans, cue.startMs));
  const splices = spans.flatMap((span, index): readonly Splice[] => {
    const first = indexFrom(document.cues, span.startMs);
    if (first < from || span.endMs < span.startMs) throw new EditError("the places are not in their order");
    const end = Math.max(first, indexFrom(document.cues, span.endMs));
    const own = document.cues.slice(first, end);
    from = end;
    const known = new Map(own.map((cue) => [cue.startMs, cue]));
    const inside = (given.get(index) ?? []).filter((cue) => cue.startMs < span.endMs);
    const incoming = inside.map((cue): EditCue => {
      const start = Math.max(cue.startMs, latest + 1);
      latest = start;
      const old = known.get(start);
      if (old !== undefined && start === cue.startMs && toCueKey(old) === toCueKey(cue)) return old;
      return { ...cue, id: old?.id ?? nextId++, startMs: start, endMs: Math.max(cue.endMs, start + 1) };
    });
    return replacing(own, incoming).cues.map((splice) => ({ ...splice, at: splice.at + first }));
  });
  return { cues: splices, marks: [] };
}

/** Index of the first caption that begins at a time or later. */
function indexFrom(cues: readonly EditCue[], ms: number): number {
  const at = indexAt(cues, ms);
  return cues[at]?.startMs === ms ? at : at + 1;
}
