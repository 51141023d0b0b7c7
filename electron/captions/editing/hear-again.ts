/**
 * What hearing a span again does to the captions: which of them give way, what takes their place, and what is left as it
 * is because a person has said so. Pure.
 */
import { append } from "../append.ts";
import type { Cue } from "../cue.ts";
import type { CueProfile } from "../quality/caption-profile.ts";
import { segmentWords } from "../segmentation/segment.ts";
import { bare } from "../segmentation/sentence-end.ts";
import { during, type TimeSpan, uncovered } from "../time/span.ts";
import type { Word } from "../word.ts";
import type { CommandType } from "./command.ts";
import { wordsOfText } from "./cue-text.ts";
import { type CaptionDocument, createDocument, type EditCue, plainCue } from "./document.ts";
import type { LogEntry } from "./history.ts";

/** The edits that the station makes by itself: what they put in is the machine's, and gives way like its first captions. */
const machineEdits: ReadonlySet<CommandType | "undo" | "redo"> = new Set<CommandType>(["hear-again"]);

const toKey = (cue: EditCue): string =>
  JSON.stringify(Object.entries(plainCue(cue)).toSorted(([a], [b]) => (a < b ? -1 : 1)));

/**
 * The ids of captions that stand as the machine made them: not accepted, not edited, and without a warning that a person
 * has acknowledged.
 * @param machine the captions of version 0
 * @param entries the log of edits
 */
export function listUntouched(
  { cues, marks }: CaptionDocument,
  machine: readonly Cue[],
  entries: readonly Pick<LogEntry, "deed" | "change">[],
): ReadonlySet<number> {
  const made = new Set(createDocument(machine).cues.map(toKey));
  for (const { deed, change } of entries) {
    if (machineEdits.has(deed.type))
      for (const { inserted } of change.cues) for (const cue of inserted) made.add(toKey(cue));
  }
  const acknowledged = new Set(marks.flatMap(({ kind, cue }) => (kind === "tick" && cue !== undefined ? [cue] : [])));
  return new Set(
    cues.filter((cue) => !cue.reviewed && !acknowledged.has(cue.id) && made.has(toKey(cue))).map(({ id }) => id),
  );
}

/** A caption that a span covers by less than this, in milliseconds, is a neighbor: times are rounded to frames. */
const minSharedMs = 120;

const isInSpan = (cue: TimeSpan, span: TimeSpan): boolean =>
  Math.min(cue.endMs, span.endMs) - Math.max(cue.startMs, span.startMs) >= minSharedMs;

/** The span, widened to whole captions: a caption is heard again as a whole, or not at all. */
export function widenSpan(span: TimeSpan, cues: readonly TimeSpan[]): TimeSpan {
  const inside = during(cues, span).filter((cue) => isInSpan(cue, span));
  return inside.reduce(
    (wide, { startMs, endMs }) => ({ startMs: Math.min(wide.startMs, startMs), endMs: Math.max(wide.endMs, endMs) }),
    { startMs: span.startMs, endMs: span.endMs },
  );
}

export interface HearAgainInput {
  readonly document: CaptionDocument;
  /** Ids of captions that may give way. */
  readonly untouched: ReadonlySet<number>;
  /** The span that was heard, of whole captions. */
  readonly span: TimeSpan;
  /** What was heard, in order of time. */
  readonly words: readonly Word[];
  readonly profile: CueProfile;
}

export interface HearAgainPlan {
  /** Ids of the captions that give way. */
  readonly replaced: readonly number[];
  /** What takes their place, and stands where nothing stood. */
  readonly cues: readonly Cue[];
  /** Where the words heard now hold instead of those heard before; in order. */
  readonly spans: readonly TimeSpan[];
  /** Ids of captions that stay, because a person has accepted or edited them. */
  readonly kept: readonly number[];
  /** Ids of captions that stay, because nothing was heard in their place. */
  readonly unrecognized: readonly number[];
}

/** A shorter time between captions that stay has no room for one, in milliseconds. */
const minRoomMs = 500;
/** A word this near the caption before or after may be its last or first one, in milliseconds. */
const edgeMs = 400;

const middle = ({ startMs, endMs }: TimeSpan): number => (startMs + endMs) / 2;
const isInside = (span: TimeSpan, { startMs, endMs }: TimeSpan): boolean =>
  span.startMs >= startMs && span.endMs <= endMs;

/** Plans what gives way to what was heard again. What a person has accepted or edited stays as it is, and where it is. */
export function planHearAgain({ document, untouched, span, words, profile }: HearAgainInput): HearAgainPlan {
  const within = during(document.cues, span);
  const mayGo = (cue: EditCue): boolean => untouched.has(cue.id) && isInside(cue, span);
  const staying = within.filter((cue) => !mayGo(cue));
  // Where a person has said that nobody speaks, nothing is put in.
  const silent = document.marks
    .filter(({ kind }) => kind === "no-speech")
    .map(({ atMs, untilMs = atMs }) => ({ startMs: atMs, endMs: untilMs }));
  const blocked = [...staying, ...uncovered(silent, document.cues)].toSorted((a, b) => a.startMs - b.startMs);
  const plan = { replaced: [] as number[], cues: [] as Cue[], spans: [] as TimeSpan[], unrecognized: [] as number[] };
  for (const room of uncovered([span], blocked)) {
    const old = within.filter((cue) => mayGo(cue) && isInside(cue, room)).map(({ id }) => id);
    if (old.length === 0 && room.endMs - room.startMs < minRoomMs) continue;
    const heard = wordsInRoom(words, room, document.cues);
    const cues = fitted(segmentWords(heard, profile), room, profile);
    if (cues.length === 0) append(plan.unrecognized, old);
    else {
      append(plan.replaced, old);
      append(plan.cues, cues);
      plan.spans.push(room);
    }
  }
  const kept = staying.filter((cue) => !untouched.has(cue.id) && isInSpan(cue, span)).map(({ id }) => id);
  return { ...plan, kept };
}

/**
 * The words that belong into a room between captions that stay. The last word of the caption before, and the first of the
 * one after, may have been heard over its edge: they are written there already.
 */
function wordsInRoom(words: readonly Word[], room: TimeSpan, cues: readonly EditCue[]): readonly Word[] {
  const inside = words.filter((word) => middle(word) >= room.startMs && middle(word) < room.endMs);
  const before = cues.findLast(({ endMs }) => endMs <= room.startMs);
  const after = cues.find(({ startMs }) => startMs >= room.endMs);
  const [first] = inside;
  const last = inside.at(-1);
  const recognizedBefore = words.findLast((word) => middle(word) < room.startMs);
  const recognizedAfter = words.find((word) => middle(word) >= room.endMs);
  const isOfBefore =
    before !== undefined &&
    first !== undefined &&
    room.startMs - before.endMs < edgeMs &&
    first.startMs - room.startMs < edgeMs &&
    isSameWord(first.text, wordsOfText(before.lines).at(-1)) &&
    !isSameWord(first.text, recognizedBefore?.text);
  const isOfAfter =
    after !== undefined &&
    last !== undefined &&
    after.startMs - room.endMs < edgeMs &&
    room.endMs - last.endMs < edgeMs &&
    isSameWord(last.text, wordsOfText(after.lines)[0]) &&
    !isSameWord(last.text, recognizedAfter?.text);
  return inside.slice(isOfBefore ? 1 : 0, isOfAfter ? -1 : undefined);
}

const isSameWord = (text: string, other: string | undefined): boolean =>
  other !== undefined && bare(text) !== "" && bare(text) === bare(other);

/** Captions within a room. One that begins where the room ends has no place: its words are beyond it. */
function fitted(cues: readonly Cue[], room: TimeSpan, { minGapMs }: CueProfile): readonly Cue[] {
  const latest = Math.max(room.startMs + 1, room.endMs - minGapMs);
  return cues.flatMap((cue) => {
    const startMs = Math.max(cue.startMs, room.startMs);
    const endMs = Math.min(cue.endMs, cue.endMs > latest ? latest : room.endMs);
    return endMs > startMs ? [{ ...cue, startMs, endMs }] : [];
  });
}
