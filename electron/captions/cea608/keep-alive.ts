/**
 * Keeps a caption on the screen that stays for long: a receiver may erase the captions of a channel that has sent nothing
 * for 16 seconds (CTA-608-E, Annex C.9). Before that the code of the current mode is sent again, which changes nothing.
 */
import { type FrameRate, msToFrame } from "../time/frame-rate.ts";
import { control, isControl, parseCommand } from "./codes.ts";
import type { Transmission } from "./schedule/frame-timeline.ts";

/** A second less than the sixteen. */
const maxSilenceMs = 15_000;

const modeCodes: ReadonlySet<number> = new Set([
  control.resumeCaptionLoading,
  control.resumeDirectCaptioning,
  control.rollUp2,
  control.rollUp3,
  control.rollUp4,
]);

/** What a receiver knows after the words sent so far. */
class SentState {
  /** The code of the current mode. */
  mode: number | undefined;
  isShown = false;
  /** True between the first code of a pop-on caption and the one that shows it. */
  isLoading = false;

  send(word: number): void {
    const code = isControl(word) ? parseCommand(word)?.code : undefined;
    if (code === undefined) {
      if (word !== 0 && !this.isLoading) this.isShown = true;
      return;
    }
    if (modeCodes.has(code)) {
      this.mode = code;
      this.isLoading = code === control.resumeCaptionLoading;
    } else if (code === control.endOfCaption) {
      this.mode = control.resumeCaptionLoading;
      this.isShown = true;
      this.isLoading = false;
    } else if (code === control.eraseDisplayedMemory) this.isShown = false;
  }
}

/**
 * The transmissions with the mode's code sent again wherever a caption is on the screen and nothing has been sent for 15
 * seconds. Never within a load.
 * @param transmissions of the first channel, in order
 */
export function keepAlive(transmissions: readonly Transmission[], rate: FrameRate): readonly Transmission[] {
  const pause = msToFrame(maxSilenceMs, rate);
  const kept: Transmission[] = [];
  const state = new SentState();
  transmissions.forEach((transmission, index) => {
    kept.push(transmission);
    for (const word of transmission.words) state.send(word);
    const next = transmissions[index + 1];
    const { mode } = state;
    if (next === undefined || mode === undefined || !state.isShown || state.isLoading) return;
    const words = [mode, mode];
    let last = transmission.frame + transmission.words.length;
    while (last + pause + words.length <= next.frame) {
      kept.push({ frame: last + pause, words });
      last += pause + words.length;
    }
  });
  return kept;
}
