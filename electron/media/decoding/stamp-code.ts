/**
 * Carries the time stamps of decoded sound through a pipe, exactly, at the cost of nothing but a number a frame.
 *
 * ffmpeg corrects stamps that run backward before it writes them, which would hide what the file says. So each frame's
 * stamp is replaced by a sum that only grows: that of all differences between a stamp and the one before, folded to
 * numbers that are never negative: 0, −1, 1, −2, 2 … become 0, 1, 2, 3, 4 …
 *
 * Matroska counts milliseconds: with stamps that are stretched sixteen times, each millisecond in the file is one sample
 * at 16 kHz.
 */
import { parseVersionNumber } from "../ffmpeg-messages.ts";
import { sampleRate } from "../peaks.ts";

/** Commas and semicolons separate filters. */
const escapeFilter = (expression: string): string => expression.replace(/[,;]/g, "\\$&");

const fold = (value: string): string => `2*abs(${value})-lt(${value},0)`;

/** For FFmpeg before 4.4, as a filter. It begins anew, and so loses the clock, when the sound changes its format. */
const filterExpression = `16*if(N,PREV_OUTPTS/16+${fold("(PTS-PREV_INPTS)")},${fold("PTS")})`;

/**
 * The resampler's filter: 20 taps at the lower rate instead of 32, and a window that keeps the band edge as steep. Up to
 * 6.8 kHz nothing changes; the time saved pays for the stamps.
 */
const resample = `aresample=${sampleRate}:filter_size=20:kaiser_beta=6`;

/** For the packets that leave the encoder, whatever happens to the filters. */
const packetExpression = `if(N,PREV_OUTPTS+${fold("(TS-PREV_INPTS)")},${fold("TS")})`;

/**
 * The arguments that decode a stream to stamped 16-bit samples at 16 kHz.
 * @param version of ffmpeg, as it prints it
 */
export function stampArguments(version: string): readonly string[] {
  const number = parseVersionNumber(version);
  const hasPacketFilter = number !== undefined && (number.major > 4 || (number.major === 4 && number.minor >= 4));
  return hasPacketFilter
    ? ["-af", `${resample},asetpts=16*PTS`, "-c:a", "pcm_s16le", "-bsf:a", `setts=ts=${escapeFilter(packetExpression)}`]
    : ["-af", `${resample},asetpts=${escapeFilter(filterExpression)}`, "-c:a", "pcm_s16le"];
}

/** Takes the changes of the clock out of the sums. */
export class StampDecoder {
  #sum = 0;
  #length = 0;

  /**
   * @param sum of the frame
   * @param length samples of the frame
   * @returns the change of the clock before this frame, in samples: how far its stamp is from the end of the frame
   *   before; for the first one, its stamp
   */
  next(sum: number, length: number): number {
    const folded = sum - this.#sum;
    const difference = folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2;
    const change = difference - this.#length;
    this.#sum = sum;
    this.#length = length;
    return change;
  }
}
