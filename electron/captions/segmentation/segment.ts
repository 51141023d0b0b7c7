/**
 * Segments words into cues: dynamic programming over the break positions with one cost function (costs.ts). A chain of
 * greedy rules breaks in the wrong place as soon as two rules conflict.
 */
import type { Cue } from "../cue.ts";
import { type CueProfile, defaultProfile } from "../quality/caption-profile.ts";
import type { Word } from "../word.ts";
import { breakCost, costs } from "./costs.ts";
import { buildLines, type Layout, layOut } from "./line-breaks.ts";
import { timeCues, type UntimedCue } from "./timing.ts";
import { type Token, TokenTable, toTokens } from "./tokens.ts";

/**
 * Loading two full lines takes 1.4 s (electron/captions/cea608/README.md, "Line 21 timing"): below this the next cue
 * may be late.
 */
const comfortableLoadMs = 1500;

interface Step {
  readonly cost: number;
  /** First token of the cue that ends here. */
  readonly first: number;
  readonly layout: Layout;
}

/**
 * Makes cues from words in time order. Every word is in exactly one cue, in order; no line is longer than the
 * profile's limit; cues do not overlap.
 */
export function segmentWords(words: readonly Word[], profile: CueProfile = defaultProfile): readonly Cue[] {
  const table = new TokenTable(toTokens(words, profile), breakCost);
  const { tokens } = table;
  const steps: Step[] = [];
  for (let last = 0; last < tokens.length; last++) steps.push(bestCueEndingAt(table, last, steps, profile));
  const cues: UntimedCue[] = [];
  for (let last = tokens.length - 1; last >= 0; ) {
    const step = steps[last] as Step;
    const { speaker } = tokens[step.first] as Token;
    cues.push({
      ...(speaker === undefined ? {} : { speaker }),
      lines: buildLines(table, step.layout, last),
      startMs: (tokens[step.first] as Token).startMs,
      speechEndMs: (tokens[last] as Token).endMs,
    });
    last = step.first - 1;
  }
  return timeCues(cues.reverse(), profile);
}

function bestCueEndingAt(table: TokenTable, last: number, steps: readonly Step[], profile: CueProfile): Step {
  let best: Step | undefined;
  let longPauses = 0;
  for (let first = last; first >= 0; first--) {
    if (first < last) {
      const token = table.tokens[first] as Token;
      const pauseMs = (table.tokens[first + 1] as Token).startMs - token.endMs;
      const spokenMs = (table.tokens[last] as Token).endMs - token.startMs;
      if ((table.tokens[first + 1] as Token).beginsCue) break;
      if (pauseMs >= profile.longPauseMs || spokenMs > profile.maxMs) break;
      if (pauseMs > profile.longPauseMs / 2) longPauses++;
    }
    // A line break takes the place of a space, so a full cue may be one column per line wider than its lines.
    if (table.columns(first, last) > profile.maxLines * (profile.maxLineLength + 1)) break;
    const before = first === 0 ? 0 : (steps[first - 1] as Step).cost;
    if (best !== undefined && before > best.cost) continue;
    const layout = layOut(table, first, last, profile);
    if (layout === undefined) continue;
    const cost = before + layout.cost + longPauses * costs.pauseInCue + cueCost(table, first, last, profile);
    if (best === undefined || cost < best.cost) best = { cost, first, layout };
  }
  // A single token always fits, so there is always a best step.
  return best as Step;
}

function cueCost(table: TokenTable, first: number, last: number, profile: CueProfile): number {
  const start = (table.tokens[first] as Token).startMs;
  const end = table.tokens[last] as Token;
  const next = table.tokens[last + 1];
  // The longest time for which the cue can stay: until the next words, or the profile's maximum after the last cue.
  const stayMs = next === undefined ? profile.maxMs : Math.min(profile.maxMs, Math.max(1, next.startMs - start));
  let cost = costs.cue + costs.sentenceEndInCue * table.sentenceEndsInside(first, last);
  if (next !== undefined) {
    const pause = Math.min(Math.max(0, next.startMs - end.endMs), profile.longPauseMs);
    const relief = costs.pauseRelief * (pause / profile.longPauseMs);
    cost += Math.max(0, (table.breakAfter[last] as number) - relief);
  }
  if (stayMs < profile.minMs) cost += costs.tooShort * (1 - stayMs / profile.minMs);
  if (stayMs < comfortableLoadMs) cost += costs.hardToLoad * (1 - stayMs / comfortableLoadMs);
  const speed = (table.columns(first, last) * 1000) / stayMs / profile.maxCharactersPerSecond;
  if (speed > 1) cost += costs.tooFast * (speed - 1);
  return cost;
}
