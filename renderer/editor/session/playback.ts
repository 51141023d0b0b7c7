/**
 * The recording while captions are corrected. What moves with it is called for every frame: nothing of it goes through
 * React, which would draw too much.
 */
const slowest = 0.3;
const fastest = 3;
/** A frame of 30000/1001 a second, in seconds. */
const frameSeconds = 1001 / 30_000;
/** Patient playback: so long after the last key it goes on, and so far it goes back. In seconds. */
const resumeAfterMs = 500;
const rollBack = 1;

export class Playback {
  readonly #listeners = new Set<(ms: number) => void>();
  #video: HTMLVideoElement | undefined;
  #ms = 0;
  #frame = 0;
  /** Where a stretch that is played once ends. */
  #stopAt: number | undefined;
  #resumeTimer: number | undefined;
  #wasPlaying = false;
  isPatient = true;

  /** @returns What lets go of it again */
  attach(video: HTMLVideoElement): () => void {
    this.#video = video;
    const onFrame = (): void => {
      this.#frame = requestAnimationFrame(onFrame);
      // Before that it knows no place, and ours must not be taken for it.
      if (video.readyState < HTMLMediaElement.HAVE_METADATA || video.seeking) return;
      const ms = video.currentTime * 1000;
      if (ms !== this.#ms) this.#setMs(ms);
      if (this.#stopAt !== undefined && ms >= this.#stopAt) {
        video.pause();
        this.#stopAt = undefined;
      }
    };
    this.#frame = requestAnimationFrame(onFrame);
    const place = (): void => {
      video.currentTime = this.#ms / 1000;
    };
    if (video.readyState >= HTMLMediaElement.HAVE_METADATA) place();
    else video.addEventListener("loadedmetadata", place, { once: true });
    return () => {
      cancelAnimationFrame(this.#frame);
      video.removeEventListener("loadedmetadata", place);
      if (this.#video === video) this.#video = undefined;
    };
  }

  /** Milliseconds from the start of the recording. */
  get ms(): number {
    return this.#ms;
  }

  get isPlaying(): boolean {
    return this.#video !== undefined && !this.#video.paused;
  }

  get rate(): number {
    return this.#video?.playbackRate ?? 1;
  }

  /** Called with the time of every frame that is another one. */
  listen(listener: (ms: number) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #setMs(ms: number): void {
    this.#ms = ms;
    for (const listener of this.#listeners) listener(ms);
  }

  /** Playback does not go on by itself any more. @returns whether it would have */
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
    if (this.#video !== undefined) this.#video.currentTime = to / 1000;
    this.#setMs(to);
  }

  toggle(): void {
    const video = this.#video;
    if (video === undefined) return;
    this.#stopAt = undefined;
    // It is only paused while text is typed: stopping it means that it stays paused.
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
    if (this.#video === undefined) return;
    const rate = Math.round((this.#video.playbackRate + by) * 10) / 10;
    this.#video.playbackRate = Math.min(fastest, Math.max(slowest, rate));
    this.#setMs(this.#ms);
  }

  /** Plays a stretch once. */
  play(fromMs: number, toMs: number): void {
    if (this.#video === undefined) return;
    this.seek(fromMs);
    this.#stopAt = toMs;
    void this.#video.play().catch(() => undefined);
  }

  /** Text is typed: the recording pauses, and goes on a moment after the last key, a little before where it was. */
  typed(): void {
    if (!this.isPatient || this.#video === undefined) return;
    if (!this.#video.paused) {
      this.#wasPlaying = true;
      this.#video.pause();
    }
    if (!this.#wasPlaying) return;
    window.clearTimeout(this.#resumeTimer);
    this.#resumeTimer = window.setTimeout(() => {
      // A stretch that is played ends where it would have.
      const stopAt = this.#stopAt;
      this.skip(-rollBack * 1000);
      this.#stopAt = stopAt;
      void this.#video?.play().catch(() => undefined);
    }, resumeAfterMs);
  }
}
