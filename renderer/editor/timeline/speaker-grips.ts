/** Borders between two who speak, on the timeline, and what a drag of one makes of the captions beside it. Pure. */
import type { Command } from "../../../electron/captions/editing/command.ts";
import { type EditCue, indexAt } from "../../../electron/captions/editing/document.ts";

/**
 * The border between two speakers that is nearest to a time.
 * @param reachMs a border further away is not hit
 * @returns index of the first caption after it; undefined: there is none
 */
export function findSpeakerBorder(cues: readonly EditCue[], ms: number, reachMs: number): number | undefined {
  const at = indexAt(cues, ms);
  const distance = (index: number): number => Math.abs((cues[index]?.startMs ?? Number.POSITIVE_INFINITY) - ms);
  const isBorder = (index: number): boolean =>
    index > 0 && index < cues.length && cues[index]?.speaker !== cues[index - 1]?.speaker;
  return [at, at + 1]
    .filter((index) => isBorder(index) && distance(index) <= reachMs)
    .toSorted((a, b) => distance(a) - distance(b))[0];
}

export interface SpeakerDrag {
  readonly command: Extract<Command, { readonly type: "speaker" }>;
  /** Ids of the captions that would have the other speaker. */
  readonly cues: ReadonlySet<number>;
}

/**
 * Moves a border to the start of the caption nearest to a time: the captions between belong to the one on its other side.
 * It goes no further than the two who meet there speak, so that nobody else is touched.
 * @param border index of the first caption after the border
 * @returns undefined: nothing would change
 */
export function dragSpeakerBorder(cues: readonly EditCue[], border: number, ms: number): SpeakerDrag | undefined {
  const [before, after] = [cues[border - 1], cues[border]];
  if (before === undefined || after === undefined) return undefined;
  let [first, last] = [border, border];
  while (cues[first - 1]?.speaker === before.speaker && first > 0) first--;
  while (last < cues.length && cues[last]?.speaker === after.speaker) last++;
  const at = indexAt(cues, ms);
  const [one, two] = [cues[at], cues[at + 1]];
  const isNearer = one !== undefined && (two === undefined || ms - one.startMs < two.startMs - ms);
  const target = Math.min(last, Math.max(first, isNearer ? at : at + 1));
  const moved = cues.slice(Math.min(target, border), Math.max(target, border)).map(({ id }) => id);
  if (moved.length === 0) return undefined;
  const speaker = (target < border ? after : before).speaker ?? null;
  return { command: { type: "speaker", cues: moved, speaker }, cues: new Set(moved) };
}
