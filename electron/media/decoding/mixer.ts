/**
 * Makes one channel of a stream's channels, so that nobody who speaks into any of them is lost. The usual downmix drops
 * channels that have no name or carry deep sounds only, halves a voice that is on one of two, and cancels two that are
 * of opposite phase.
 *
 * Each channel's gain is its share of what is heard above its own noise (gain sharing, as automatic microphone mixers
 * do it: D. Dugan, JAES 23-6, 1975): silent and humming channels get none, the gains add up to one.
 */
import { sampleRate } from "../peaks.ts";

/** Samples over which gains stay the same: 20 ms. */
export const mixBlock = sampleRate / 50;
/** Share of a new block in the average that finds a constant offset (1 s), and the least offset that is removed. */
const offsetShare = 0.02;
const minOffset = 64;
/** Share of a new block in running averages: of the energy (100 ms), and of how alike two channels are (2 s). */
const energyShare = 0.2;
const likenessShare = 0.08;
/** The noise of a channel rises by 1 dB a second at most, and falls at once. */
const noiseRise = 10 ** (0.1 / 50);
/** A channel counts from 3 dB above its noise on. */
const noiseMargin = 2;
/** Factor of energy up to which channels count as equally loud: 6 dB. */
const alike = 4;
/** Smallest mean square that counts: below it is digital silence. */
const minEnergy = 1;
/** Likeness, −1 to 1, from which on a channel is turned over. */
const oppositeLikeness = -0.4;

/** What was heard in a channel. */
export interface ChannelActivity {
  /** Milliseconds in which the channel was well above its own noise. */
  readonly activeMs: number;
  /** Loudest 20 ms, in decibels below full scale; undefined: nothing at all. */
  readonly peakDb: number | undefined;
  /** True for a channel of opposite phase to the others: on one loudspeaker the two cancel each other. */
  readonly isOpposite: boolean;
}

/** Every fourth sample tells as much about a block's energy as all of them. */
const sparse = 4;
/** Blocks between two comparisons of the channels. */
const compareBlocks = 8;

class ChannelState {
  /** A constant offset, smoothed over a second; undefined before the first block. */
  #offset: number | undefined;
  #noise = Number.POSITIVE_INFINITY;
  #energy = 0;
  gain = 0;
  likeness = 0;
  activeBlocks = 0;
  peak = 0;

  /** The offset to take off: none where there is hardly any. */
  get offset(): number {
    return this.#offset === undefined || Math.abs(this.#offset) < minOffset ? 0 : this.#offset;
  }

  /**
   * Measures a block: the energy of its slopes, which leaves out hum and deep rumble.
   * @returns how much is heard above the channel's noise
   */
  measure(interleaved: Int16Array, start: number, step: number, count: number): number {
    let slope = 0;
    let total = 0;
    let sum = 0;
    const stride = step * sparse;
    const end = start + count * step;
    for (let at = start + step; at < end; at += stride) {
      const value = interleaved[at] as number;
      const change = value - (interleaved[at - step] as number);
      slope += change * change;
      total += value * value;
      sum += value;
    }
    const measured = Math.max(1, Math.ceil((count - 1) / sparse));
    const mean = sum / measured;
    const before = this.#offset ?? mean;
    this.#offset = before + (mean - before) * offsetShare;
    this.peak = Math.max(this.peak, total / measured - mean * mean);
    const energy = slope / measured;
    this.#energy += (energy - this.#energy) * (energy > this.#energy ? 1 : energyShare);
    this.#noise = energy < minEnergy ? this.#noise : Math.min(energy, this.#noise * noiseRise);
    const above = this.#energy - noiseMargin * (Number.isFinite(this.#noise) ? this.#noise : 0);
    if (this.#energy > minEnergy && above > this.#energy / 2) this.activeBlocks++;
    return Math.max(above, this.#energy * 0.001);
  }
}

export class ChannelMixer {
  readonly #channels: readonly ChannelState[];
  readonly #only: number | undefined;
  readonly #block: Int16Array;
  readonly #sums = new Float32Array(mixBlock);
  /** What is heard of each channel; then its gain. */
  readonly #shares: Float64Array;
  #blocks = 0;
  #filled = 0;

  /**
   * @param channels of the stream
   * @param only the one channel to take, from 0; undefined: all of them
   */
  constructor(channels: number, only?: number) {
    this.#channels = Array.from({ length: channels }, () => new ChannelState());
    this.#only = only;
    this.#block = new Int16Array(mixBlock * channels);
    this.#shares = new Float64Array(channels);
  }

  /** Mixes interleaved samples; what does not fill a block waits for the next call. */
  push(interleaved: Int16Array): Int16Array {
    const size = this.#block.length;
    const blocks = Math.floor((this.#filled + interleaved.length) / size);
    const mixed = new Int16Array(blocks * mixBlock);
    let from = 0;
    for (let block = 0; block < blocks; block++) {
      let source = interleaved;
      let offset = from;
      if (this.#filled > 0) {
        const missing = size - this.#filled;
        this.#block.set(interleaved.subarray(from, from + missing), this.#filled);
        from += missing;
        this.#filled = 0;
        source = this.#block;
        offset = 0;
      } else from += size;
      this.#mix(source, offset, mixBlock, mixed.subarray(block * mixBlock, (block + 1) * mixBlock));
    }
    this.#block.set(interleaved.subarray(from), this.#filled);
    this.#filled += interleaved.length - from;
    return mixed;
  }

  /** Mixes what is left at the end. */
  finish(): Int16Array {
    const count = this.#filled / this.#channels.length;
    const mixed = new Int16Array(count);
    if (count > 0) this.#mix(this.#block, 0, count, mixed);
    this.#filled = 0;
    return mixed;
  }

  get activity(): readonly ChannelActivity[] {
    return this.#channels.map(({ activeBlocks, peak, likeness }) => ({
      isOpposite: likeness < oppositeLikeness,
      activeMs: (activeBlocks * mixBlock * 1000) / sampleRate,
      peakDb: peak < minEnergy ? undefined : Math.round(-10 * Math.log10(peak / 32_768 ** 2)),
    }));
  }

  #mix(interleaved: Int16Array, start: number, count: number, mixed: Int16Array): void {
    const channels = this.#channels;
    const step = channels.length;
    const shares = this.#shares;
    for (let index = 0; index < step; index++) {
      shares[index] = (channels[index] as ChannelState).measure(interleaved, start + index, step, count);
    }
    if (this.#only !== undefined || step === 1) {
      copyChannel(
        interleaved,
        start + (this.#only ?? 0),
        step,
        (channels[this.#only ?? 0] as ChannelState).offset,
        mixed,
      );
      return;
    }
    if (this.#blocks++ % compareBlocks === 0 || channels.some(({ likeness }) => likeness === 0)) {
      this.#compare(interleaved, start, count, shares);
    }
    const total = toGains(shares);
    if (step === 2 && isPlainPair(channels, shares)) {
      averagePair(interleaved, start, mixed);
      return;
    }
    const sums = this.#sums;
    sums.fill(0);
    for (const [index, channel] of channels.entries()) {
      const sign = channel.likeness < oppositeLikeness ? -1 : 1;
      const target = total === 0 ? sign / step : (sign * (shares[index] as number)) / total;
      if (target !== 0 || channel.gain !== 0)
        addChannel(interleaved, start + index, step, channel, target, count, sums);
      channel.gain = target;
    }
    for (let index = 0; index < count; index++) mixed[index] = toSample(sums[index] as number);
  }

  /** Learns which channels are of opposite phase to the strongest one. */
  #compare(interleaved: Int16Array, start: number, count: number, shares: Float64Array): void {
    const channels = this.#channels;
    const step = channels.length;
    const strongest = shares.indexOf(Math.max(...shares));
    const reference = channels[strongest] as ChannelState;
    const multiply = (a: number, b: number): number =>
      getProduct(
        interleaved,
        start + a,
        start + b,
        step,
        count,
        (channels[a] as ChannelState).offset,
        (channels[b] as ChannelState).offset,
      );
    const own = multiply(strongest, strongest);
    if (own < (minEnergy * count) / sparse) return;
    for (const [index, channel] of channels.entries()) {
      if (channel === reference) continue;
      const other = multiply(index, index);
      if (other < (minEnergy * count) / sparse || other < own / 1_000) continue;
      const found = multiply(strongest, index) / Math.sqrt(own * other);
      // A turned reference turns what is like it.
      const signed = reference.likeness < oppositeLikeness ? -found : found;
      channel.likeness =
        channel.likeness === 0 ? signed : channel.likeness + (signed - channel.likeness) * likenessShare;
    }
  }
}

function copyChannel(from: Int16Array, start: number, step: number, offset: number, to: Int16Array): void {
  for (let index = 0, at = start; index < to.length; index++, at += step) {
    to[index] = offset === 0 ? (from[at] as number) : toSample((from[at] as number) - offset);
  }
}

/**
 * Makes gains of shares, in place. Channels that are about as loud as the loudest count alike: a stereo recording is
 * simply averaged.
 * @returns the sum of the gains
 */
function toGains(shares: Float64Array): number {
  let loudest = 0;
  for (const share of shares) loudest = Math.max(loudest, share);
  let total = 0;
  for (let index = 0; index < shares.length; index++) {
    const share = shares[index] as number;
    const gain = share * alike >= loudest ? loudest : share;
    shares[index] = gain;
    total += gain;
  }
  return total;
}

/** Whether two channels are averaged, as they were in the block before: by far the most of all stereo recordings. */
function isPlainPair(channels: readonly ChannelState[], gains: Float64Array): boolean {
  return (
    gains[0] === gains[1] &&
    gains[0] !== 0 &&
    channels.every(({ gain, offset, likeness }) => gain === 0.5 && offset === 0 && likeness >= oppositeLikeness)
  );
}

/** What `addChannel` does for two channels of gain 0.5, in a quarter of the time. */
function averagePair(interleaved: Int16Array, start: number, mixed: Int16Array): void {
  for (let index = 0, at = start; index < mixed.length; index++, at += 2) {
    // Rounded half up, as `Math.round` does.
    mixed[index] = ((interleaved[at] as number) + (interleaved[at + 1] as number) + 1) >> 1;
  }
}

/** Adds a channel to the sums; its gain glides over the block to `target`, so that it does not click. */
function addChannel(
  from: Int16Array,
  start: number,
  step: number,
  { gain: before, offset }: ChannelState,
  target: number,
  count: number,
  sums: Float32Array,
): void {
  const slope = (target - before) / count;
  let gain = before;
  for (let index = 0, at = start; index < count; index++, at += step) {
    gain += slope;
    sums[index] = (sums[index] as number) + gain * ((from[at] as number) - offset);
  }
}

function getProduct(
  samples: Int16Array,
  first: number,
  second: number,
  step: number,
  count: number,
  firstOffset: number,
  secondOffset: number,
): number {
  let sum = 0;
  const stride = step * sparse;
  for (let at = 0; at < count * step; at += stride) {
    sum += ((samples[first + at] as number) - firstOffset) * ((samples[second + at] as number) - secondOffset);
  }
  return sum;
}

function toSample(value: number): number {
  const rounded = Math.round(value);
  return rounded > 32_767 ? 32_767 : rounded < -32_768 ? -32_768 : rounded;
}
