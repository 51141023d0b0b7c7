/**
 * Tells which parts of a recording cannot be read, with their times, from what was found in its file and while it was
 * decoded. Pure. Each needs evidence: a length that is only estimated is none.
 */
import type { TimeSpan } from "../../captions/time/span.ts";
import type { MissingPart } from "../../contract/recording.ts";
import { mayClockJump, statesStreamLengths } from "../container-facts.ts";
import { indicatesMissingEnd } from "../ffmpeg-messages.ts";
import type { MediaInfo } from "../probe-report.ts";
import type { DataFault } from "./data-faults.ts";

export interface MissingRequest {
  readonly info: MediaInfo;
  readonly faults: readonly DataFault[];
  /** What ffmpeg complained of. */
  readonly messages: readonly string[];
  /** Length of what was decoded, on the recording's clock. */
  readonly soundMs: number;
  /** Time stamp of the recording's 0. */
  readonly zeroMs: number;
  /** Silences that stand for missing sound, on the recording's clock. */
  readonly gaps: readonly TimeSpan[];
}

/** How much shorter than stated the sound may be: encoders round, editors trim. */
const minMissingMs = 1_000;
const missingShare = 0.02;
/** A gap in the sound counts as damage from this length on, where ffmpeg complained of the data. */
const minDamageMs = 500;

/** The length that the file states, on the recording's clock; undefined where it is only an estimate. */
function getStatedMs({ info, zeroMs }: MissingRequest): number | undefined {
  if (info.isLengthStated === false || info.durationMs === undefined) return undefined;
  const start = mayClockJump(info.container) ? zeroMs : (info.startMs ?? 0);
  return info.durationMs + start - zeroMs;
}

/** Time of a byte of the file, by proportion: formats spread their data evenly enough to look for a gap there. */
const toTime = (byte: number, size: number, lengthMs: number): number => Math.round((byte / size) * lengthMs);

export function findMissing(request: MissingRequest): readonly MissingPart[] {
  const { info, faults, messages, soundMs, gaps } = request;
  const stated = getStatedMs(request);
  const parts: MissingPart[] = [];
  const tail = faults.find(({ to, size }) => to >= size);
  const claimsEnd = tail !== undefined || indicatesMissingEnd(messages);
  if (claimsEnd) {
    const byBytes = tail === undefined || tail.from === 0 ? soundMs : Math.round((soundMs * tail.size) / tail.from);
    const endMs = Math.max(stated ?? byBytes, info.audio.durationMs ?? 0);
    if (endMs - soundMs > Math.min(minMissingMs, endMs * missingShare))
      parts.push({ startMs: soundMs, endMs, kind: "end" });
  } else if (stated !== undefined && isShort(info, soundMs, stated)) {
    parts.push({ startMs: soundMs, endMs: stated, kind: "end" });
  }
  const lengthMs = Math.max(stated ?? 0, soundMs);
  const holes = faults.filter((fault) => fault !== tail);
  const answered = new Set<TimeSpan>();
  for (const { from, to, size } of holes) {
    const span = { startMs: toTime(from, size, lengthMs), endMs: toTime(to, size, lengthMs) };
    const reach = Math.max(5_000, lengthMs * 0.1);
    const near = gaps.filter((gap) => gap.endMs > span.startMs - reach && gap.startMs < span.endMs + reach);
    for (const gap of near) answered.add(gap);
    for (const gap of near.length > 0 ? near : [span]) parts.push({ ...gap, kind: "hole" });
  }
  if (messages.length > 0) {
    for (const gap of gaps) {
      if (!answered.has(gap) && gap.endMs - gap.startMs >= minDamageMs) parts.push({ ...gap, kind: "damage" });
    }
  }
  return parts.toSorted((a, b) => a.startMs - b.startMs);
}

/**
 * Estimates from the file alone, before it is decoded, where a copy stopped: by proportion, as formats spread their data.
 * @returns milliseconds from the recording's beginning; undefined when the end is there, or the file does not say how
 *   long it should be
 */
export function estimateCut(
  { durationMs, isLengthStated }: MediaInfo,
  faults: readonly DataFault[],
): number | undefined {
  const tail = faults.find(({ to, size }) => to >= size);
  if (tail === undefined || durationMs === undefined || isLengthStated === false) return undefined;
  const atMs = toTime(tail.from, tail.size, durationMs);
  return durationMs - atMs > Math.min(minMissingMs, durationMs * missingShare) ? atMs : undefined;
}

/** True when the stream's own table promises more sound than there is. */
function isShort({ container, audio, video, durationMs }: MediaInfo, soundMs: number, stated: number): boolean {
  const own = statesStreamLengths(container) ? audio.durationMs : undefined;
  // The picture may go on after the sound; only the sound's own length is a promise, or the whole where it is all.
  const promised = own ?? (video === undefined ? durationMs : undefined);
  if (promised === undefined) return false;
  const expected = Math.min(stated, promised);
  return expected - soundMs > Math.max(minMissingMs, expected * missingShare);
}
