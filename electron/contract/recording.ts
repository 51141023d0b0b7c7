/** What decoding finds out about a recording besides its length: shared by decoder, catalog and screens. */
import { z } from "zod";

/**
 * How the recording's own clock, which words and captions are on, relates to the clocks of others. It begins with the
 * first picture or sound.
 */
export const recordingClockSchema = z.object({
  /** Time stamp in the file at which the recording's clock is 0, in milliseconds. */
  zeroMs: z.number().int(),
  /** The recording's time of the first frame of its picture, in milliseconds: more than 0 where the sound is earlier. */
  firstFrameMs: z.number().int().min(0),
  /** True when the sound runs through: no gap was filled, no stamp was repaired. */
  isEven: z.boolean(),
  /** Jumps of the file's clock that were taken out: restarts of an encoder. Time stamps in the file, in milliseconds. */
  restarts: z.array(z.object({ fromMs: z.number().int(), toMs: z.number().int() })),
});
export type RecordingClock = z.infer<typeof recordingClockSchema>;

/** Which sound of a recording is used, and what was heard in each. */
export const recordingSoundSchema = z.object({
  /** Numbers of the streams that are used, from 1; several are mixed. */
  streams: z.array(z.number().int()),
  /** Number of the one channel that is used, from 1; absent: all of them. */
  channel: z.number().int().exactOptional(),
  /** Numbers of other streams in which somebody may speak. */
  others: z.array(z.number().int()),
  /** Set by a person or a city's setting, and not by what was heard. */
  isSet: z.boolean(),
  heard: z.array(
    z.object({
      number: z.number().int(),
      /** Index among all streams of the file, as ffmpeg counts them. */
      index: z.number().int(),
      codec: z.string(),
      language: z.string().exactOptional(),
      /** For each channel: how long it was louder than its noise, and its loudest moment in decibels below full scale. */
      channels: z.array(
        z.object({
          activeMs: z.number(),
          peakDb: z.number().exactOptional(),
          /** Of opposite phase to the others: on one loudspeaker the two cancel each other. */
          isOpposite: z.literal(true).exactOptional(),
        }),
      ),
    }),
  ),
});
export type RecordingSound = z.infer<typeof recordingSoundSchema>;

/** A part of a recording that cannot be read. */
export const missingPartSchema = z.object({
  /** On the recording's clock, in milliseconds. */
  startMs: z.number().int().min(0),
  endMs: z.number().int(),
  /** A copy that stopped at its end, a hole in it, or data that is damaged. */
  kind: z.enum(["end", "hole", "damage"]),
});
export type MissingPart = z.infer<typeof missingPartSchema>;

export const decodedFactsSchema = z.object({
  clock: recordingClockSchema,
  sound: recordingSoundSchema,
  missing: z.array(missingPartSchema),
});
export type DecodedFacts = z.infer<typeof decodedFactsSchema>;

/** What is seen of a recording: one sheet of small pictures, row by row, and where one shot ends and the next begins. */
export const recordingPicturesSchema = z.object({
  /** From one small picture to the next, in milliseconds; the first one is that of the recording's begin. */
  everyMs: z.number().int().positive(),
  columns: z.number().int().positive(),
  rows: z.number().int().positive(),
  /** Number of small pictures: those after them on the sheet are black. */
  count: z.number().int().positive(),
  /** First frames of shots on the recording's clock, in milliseconds, ascending. */
  shots: z.array(z.number().int().min(0)),
});
export type RecordingPictures = z.infer<typeof recordingPicturesSchema>;
