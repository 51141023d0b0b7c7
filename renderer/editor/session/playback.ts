/**
 * Playback of the recording in the editor. Listeners are called for every frame directly and not through React, which
 * would rerender too much.
 */
import type { TimeSpan } from "../../../electron/captions/time/span.ts";
import { getPlayback, setPlayback } from "./preferences.ts";

const slowest = 0.3;
const fastest = 3;
/** Speeds that a menu offers. */
export const playbackRates = [0.5, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.5, 1.7, 2, 2.5, 3] as const;
/** Duration of a frame at 30000/1001 frames per second, in seconds. */
const frameSeconds = 1001 / 30_000;
/**
 * Patient playback: delay from the last key press until playback resumes, in milliseconds, and how far it then goes
 * back, in seconds.
 */
const resumeAfterMs = 500;
const rollBack = 1;
/** A frame comes so long after the end of a loop at most, in milliseconds at normal speed. */
const loopReachMs = 250;
/** As much is heard of each place that is dragged over, in milliseconds. */
const scrubMs = 150;

export class Playback {
  readonly #listeners = new Set<(ms: number) => void>();
  #video: HTMLVideoElement | undefined;
  #ms = 0;
  #startMs = 0;
  #frame = 0;
  /** End of a span that is played once. */
  #stopAt: number | undefined;
  #resumeTimer: number | undefined;
  #wasPlaying = false;
  /** The span that is played again and again, as it is by now. */
  #loop: (() => TimeSpan | undefined) | undefined;
  /** It was playing when the person began to scrub. */
  #playedBefore: boolean | undefined;
  isPatient = true;

  /**
   * @param startMs the player's clock at the recording's 0: some recordings begin at 5 s, or at 10 h
   * @returns A function that detaches the video
   */
  attach(video: HTMLVideoElement, startMs: number): () => void {
    this.#video = video;
    this.#startMs = startMs;
    const { rate, volume } = getPlayback();
    video.playbackRate = rate;
    video.volume = volume;
    const onFrame = (): void => {
      this.#frame = requestAnimationFrame(onFrame);
      // Before its metadata is loaded, the video's position is not valid and must not replace ours.
      if (video.readyState < HTMLMediaElement.HAVE_METADATA || video.seeking) return;
      const ms = video.currentTime * 1000 - this.#startMs;
      if (ms !== this.#ms) this.#setMs(ms);
      if (this.#isAtLoopEnd(video, ms)) this.play(this.#loop?.()?.startMs ?? 0, undefined);
      else if (this.#stopAt !== undefined && ms >= this.#stopAt) {
        video.pause();
        this.#stopAt = undefined;
      }
    };
    this.#frame = requestAnimationFrame(onFrame);
    const place = (): void => {
      video.currentTime = (this.#ms + this.#startMs) / 1000;
    };
    if (video.readyState >= HTMLMediaElement.HAVE_METADATA) place();
    else video.addEventListener("loadedmetadata", place, { once: true });
    return () => {
      cancelAnimationFrame(this.#frame);
      video.removeEventListener("loadedmetadata", place);
      if (this.#video === video) this.#video = undefined;
    };
  }

  /** Position in milliseconds from the start of the recording. */
  get ms(): number {
    return this.#ms;
  }

  get isPlaying(): boolean {
    return this.#video !== undefined && !this.#video.paused;
  }

  get rate(): number {
    return this.#video?.playbackRate ?? 1;
  }

  /** Calls the listener with the position at every new frame. */
  listen(listener: (ms: number) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #setMs(ms: number): void {
    this.#ms = ms;
    for (const listener of this.#listeners) listener(ms);
  }

  /** Cancels the automatic resumption. @returns Whether playback would have resumed */
  #cancelResume(): boolean {
    window.clearTimeout(this.#resumeTimer);
    const wouldPlay = this.#wasPlaying;
    this.#wasPlaying = false;
    return wouldPlay;
  }

  seek(ms: number): void {
    this.#cancelResume();
    this.#stopAt = undefined;
    const to = Math.max(0, ms);
    if (this.#video !== undefined) this.#video.currentTime = (to + this.#startMs) / 1000;
    this.#setMs(to);
  }

  toggle(): void {
    const video = this.#video;
    if (video === undefined) return;
    this.#stopAt = undefined;
    // While text is typed, playback is only suspended: stopping it keeps it paused.
    if (this.#cancelResume()) return;
    if (video.paused) void video.play().catch(() => undefined);
    else video.pause();
  }

  pause(): void {
    this.#cancelResume();
    this.#video?.pause();
  }

  skip(ms: number): void {
    this.seek(this.#ms + ms);
  }

  step(frames: number): void {
    this.pause();
    this.skip(frames * frameSeconds * 1000);
  }

  faster(by: number): void {
    this.setRate(this.rate + by);
  }

  /** Sets the speed, which is kept for this person. */
  setRate(wanted: number): void {
    if (this.#video === undefined) return;
    const rate = Math.min(fastest, Math.max(slowest, Math.round(wanted * 10) / 10));
    this.#video.playbackRate = rate;
    setPlayback({ ...getPlayback(), rate });
    this.#setMs(this.#ms);
  }

  /** 0 to 1. */
  get volume(): number {
    return this.#video?.volume ?? getPlayback().volume;
  }

  set volume(volume: number) {
    if (this.#video !== undefined) this.#video.volume = volume;
    setPlayback({ ...getPlayback(), volume });
  }

  /** Plays a span again and again, as it is at each time, until this is called with undefined. */
  loop(find: (() => TimeSpan | undefined) | undefined): void {
    this.#loop = find;
  }

  /** The end of the loop has just been passed: whoever goes elsewhere stays there. */
  #isAtLoopEnd(video: HTMLVideoElement, ms: number): boolean {
    const span = this.#stopAt === undefined ? this.#loop?.() : undefined;
    if (span === undefined || ms < span.startMs) return false;
    return video.ended || (!video.paused && ms >= span.endMs && ms <= span.endMs + loopReachMs * this.rate);
  }

  get hasVideo(): boolean {
    return this.#video !== undefined;
  }

  /** Goes to a place and plays a moment of it, so that one hears what one drags along. */
  scrub(ms: number): void {
    const video = this.#video;
    this.#cancelResume();
    const to = Math.max(0, ms);
    this.#playedBefore ??= this.isPlaying;
    // A player that is still looking for the place before is not given another one: it would never arrive.
    if (video === undefined || video.seeking) this.#setMs(to);
    else this.play(to, to + scrubMs);
  }

  /** Goes to where the person has let go, and plays on if it was playing before. */
  endScrub(ms: number): void {
    const plays = this.#playedBefore === true;
    this.#playedBefore = undefined;
    this.pause();
    this.seek(ms);
    if (plays) this.toggle();
  }

  /** Plays a span once. @param toMs undefined: and goes on */
  play(fromMs: number, toMs: number | undefined): void {
    if (this.#video === undefined) return;
    this.seek(fromMs);
    this.#stopAt = toMs;
    void this.#video.play().catch(() => undefined);
  }

  /**
   * Call when text is typed: pauses the recording and resumes it a moment after the last key press, slightly earlier.
   */
  typed(): void {
    if (!this.isPatient || this.#video === undefined) return;
    if (!this.#video.paused) {
      this.#wasPlaying = true;
      this.#video.pause();
    }
    if (!this.#wasPlaying) return;
    window.clearTimeout(this.#resumeTimer);
    this.#resumeTimer = window.setTimeout(() => {
      // A span that is being played still ends at its own end.
      const stopAt = this.#stopAt;
      this.skip(-rollBack * 1000);
      this.#stopAt = stopAt;
      void this.#video?.play().catch(() => undefined);
    }, resumeAfterMs);
  }
}
