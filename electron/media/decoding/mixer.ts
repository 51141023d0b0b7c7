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
const likenessShare = 0.01;
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

class ChannelState {
  readonly samples = new Float32Array(mixBlock);
  #offset: number | undefined;
  #noise = Number.POSITIVE_INFINITY;
  #energy = 0;
  gain = 0;
  likeness = 0;
  activeBlocks = 0;
  peak = 0;

  /** Takes every `step`th sample from `offset` on, without a constant offset. */
  take(interleaved: Int16Array, offset: number, step: number, count: number): void {
    const { samples } = this;
    let sum = 0;
    for (let index = 0, at = offset; index < count; index++, at += step) {
      const value = interleaved[at] as number;
      samples[index] = value;
      sum += value;
    }
    const mean = sum / count;
    const before = this.#offset ?? mean;
    this.#offset = before + (mean - before) * offsetShare;
    if (Math.abs(this.#offset) < minOffset) return;
    for (let index = 0; index < count; index++) samples[index] = (samples[index] as number) - this.#offset;
  }

  /** Measures the block: energy of its slopes, which leaves out hum and deep rumble. */
  measure(count: number): number {
    const { samples } = this;
    let slope = 0;
    let total = 0;
    let before = samples[0] as number;
    for (let index = 0; index < count; index++) {
      const sample = samples[index] as number;
      slope += (sample - before) * (sample - before);
      total += sample * sample;
      before = sample;
    }
    this.peak = Math.max(this.peak, total / count);
    const energy = slope / count;
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
  #filled = 0;

  /**
   * @param channels of the stream
   * @param only the one channel to take, from 0; undefined: all of them
   */
  constructor(channels: number, only?: number) {
    this.#channels = Array.from({ length: channels }, () => new ChannelState());
    this.#only = only;
    this.#block = new Int16Array(mixBlock * channels);
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

  #mix(interleaved: Int16Array, offset: number, count: number, mixed: Int16Array): void {
    const channels = this.#channels;
    const step = channels.length;
    const shares: number[] = [];
    for (const [index, channel] of channels.entries()) {
      channel.take(interleaved, offset + index, step, count);
      shares.push(channel.measure(count));
    }
    const { samples: only } = channels[this.#only ?? 0] as ChannelState;
    if (this.#only !== undefined || step === 1) {
      for (let index = 0; index < count; index++) mixed[index] = toSample(only[index] as number);
      return;
    }
    this.#turnOpposites(shares, count);
    // Channels that are about as loud as the loudest count alike: a stereo recording is simply averaged.
    const loudest = Math.max(...shares);
    const gains = shares.map((share) => (share * alike >= loudest ? loudest : share));
    const total = gains.reduce((all, gain) => all + gain, 0);
    const sums = new Float32Array(count);
    for (const [index, channel] of channels.entries()) {
      const sign = channel.likeness < oppositeLikeness ? -1 : 1;
      const target = total === 0 ? sign / step : (sign * (gains[index] as number)) / total;
      // Gains glide over the block, so that they do not click.
      const slope = (target - channel.gain) / count;
      let { gain } = channel;
      for (let at = 0; at < count; at++) {
        gain += slope;
        sums[at] = (sums[at] as number) + gain * (channel.samples[at] as number);
      }
      channel.gain = target;
    }
    for (let index = 0; index < count; index++) mixed[index] = toSample(sums[index] as number);
  }

  /** Learns which channels are of opposite phase to the strongest one. */
  #turnOpposites(shares: readonly number[], count: number): void {
    const channels = this.#channels;
    let strongest = 0;
    for (const [index, share] of shares.entries()) if (share > (shares[strongest] as number)) strongest = index;
    const reference = channels[strongest] as ChannelState;
    const own = getProduct(reference, reference, count);
    if (own < minEnergy * count) return;
    for (const channel of channels) {
      if (channel === reference) continue;
      const other = getProduct(channel, channel, count);
      if (other < minEnergy * count || other < own / 1_000) continue;
      const likeness = getProduct(reference, channel, count) / Math.sqrt(own * other);
      // A turned reference turns what is like it.
      const signed = reference.likeness < oppositeLikeness ? -likeness : likeness;
      channel.likeness =
        channel.likeness === 0 ? signed : channel.likeness + (signed - channel.likeness) * likenessShare;
    }
  }
}

function getProduct(a: ChannelState, b: ChannelState, count: number): number {
  let sum = 0;
  for (let index = 0; index < count; index++) sum += (a.samples[index] as number) * (b.samples[index] as number);
  return sum;
}

const toSample = (value: number): number => Math.max(-32_768, Math.min(32_767, Math.round(value)));
