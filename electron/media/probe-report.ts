/** Parses ffprobe's report of a recording and decides whether it can be transcribed. Pure. */
import { z } from "zod";
import { ArchivistError } from "../contract/errors.ts";
import { statesLength } from "./container-facts.ts";

const numberText = z
  .string()
  .transform((text) => Number(text))
  .pipe(z.number());

const sideDataSchema = z.array(z.object({ side_data_type: z.string().optional() })).optional();

const streamSchema = z.object({
  index: z.number().int(),
  codec_type: z.string().optional(),
  codec_name: z.string().optional(),
  codec_tag_string: z.string().optional(),
  sample_rate: numberText.optional().catch(undefined),
  channels: z.number().int().optional(),
  channel_layout: z.string().optional(),
  width: z.number().int().optional(),
  height: z.number().int().optional(),
  pix_fmt: z.string().optional(),
  avg_frame_rate: z.string().optional(),
  r_frame_rate: z.string().optional(),
  start_time: numberText.optional().catch(undefined),
  duration: numberText.optional().catch(undefined),
  disposition: z.record(z.string(), z.number()).optional(),
  tags: z.object({ language: z.string().optional() }).optional(),
  side_data_list: sideDataSchema,
});

const reportSchema = z.object({
  streams: z.array(streamSchema).default([]),
  // The first few packets: FFmpeg hides the encryption of a stream, but not that of its packets.
  packets: z.array(z.object({ side_data_list: sideDataSchema })).default([]),
  format: z.object({
    format_name: z.string(),
    format_long_name: z.string().optional(),
    start_time: numberText.optional().catch(undefined),
    duration: numberText.optional().catch(undefined),
    bit_rate: numberText.optional().catch(undefined),
    tags: z.record(z.string(), z.string()).optional(),
  }),
});

type Stream = z.infer<typeof streamSchema>;

export interface AudioStream {
  /** Index among all streams, as ffmpeg's `-map 0:N` takes it. */
  readonly index: number;
  readonly codec: string;
  readonly sampleRate: number;
  readonly channels: number;
  readonly layout: string;
  /** Milliseconds, where the container states it. */
  readonly durationMs: number | undefined;
  /** Time stamp of its begin, in milliseconds. */
  readonly startMs?: number | undefined;
  /** ISO 639-2 code, where the container states one. */
  readonly language?: string | undefined;
  /** True for the stream that the file marks as its main one. */
  readonly isDefault?: boolean;
}

export interface VideoStream {
  readonly codec: string;
  /** FFmpeg's name of the pixel format: `yuv420p`. */
  readonly pixelFormat: string | undefined;
  readonly width: number;
  readonly height: number;
  /** As a fraction, `30000/1001`; `0/1` when it is not known. */
  readonly frameRate: string;
  /** Time stamp of the first frame that is shown, in milliseconds. */
  readonly startMs?: number | undefined;
  /** Milliseconds, where the container states it. */
  readonly durationMs?: number | undefined;
}

/** Converts a frame rate of `MediaInfo` to a number, `30000/1001` to 29.97…; undefined when it is not known. */
export function framesPerSecond(fraction: string): number | undefined {
  const [numerator = 0, denominator = 1] = fraction.split("/").map(Number);
  const rate = numerator / denominator;
  return rate > 0 ? rate : undefined;
}

/** What is known about a recording before it is decoded. */
export interface MediaInfo {
  /** FFmpeg's name of the container: `mov,mp4,m4a,3gp,3g2,mj2`. */
  readonly container: string;
  /** Milliseconds; undefined where the container does not state it (some live streams). */
  readonly durationMs: number | undefined;
  /** False where the length is only an estimate: from the bit rate, or from stamps that may jump. */
  readonly isLengthStated?: boolean;
  /** Time stamp at which the file begins, in milliseconds. */
  readonly startMs?: number | undefined;
  /** The stream that counts as the main one before any was listened to. */
  readonly audio: AudioStream;
  /** Streams that can be decoded, in the file's order. */
  readonly sounds?: readonly AudioStream[];
  readonly audioStreamCount: number;
  readonly video: VideoStream | undefined;
}

const milliseconds = (seconds: number | undefined): number | undefined =>
  seconds === undefined || !Number.isFinite(seconds) || seconds <= 0 ? undefined : Math.round(seconds * 1000);

const timestamp = (seconds: number | undefined): number | undefined =>
  seconds === undefined || !Number.isFinite(seconds) ? undefined : Math.round(seconds * 1000);

type SideData = z.infer<typeof sideDataSchema>;

const indicatesEncryption = (list: SideData): boolean =>
  (list ?? []).some(({ side_data_type }) => /encryption/i.test(side_data_type ?? ""));

/** Detects protected media by ISO sample entries and by ffprobe's encryption side data. */
function isEncrypted(stream: Stream): boolean {
  return /^(enc[avts]|drm[is])$/.test(stream.codec_tag_string ?? "") || indicatesEncryption(stream.side_data_list);
}

/** True for a stream whose packets were seen: one that is announced and never sent has no format. */
const isSent = (stream: Stream): boolean => (stream.sample_rate ?? 0) > 0 && (stream.channels ?? 0) > 0;

/** Chooses the main stream: the one marked as default, else the first; one that is really sent if there is any. */
function chooseAudio(streams: readonly Stream[]): Stream | undefined {
  const audio = streams.filter((stream) => stream.codec_type === "audio");
  const sent = audio.filter(isSent);
  const all = sent.length > 0 ? sent : audio;
  return all.find((stream) => stream.disposition?.default === 1) ?? all[0];
}

const toAudioStream = (stream: Stream): AudioStream => ({
  index: stream.index,
  codec: stream.codec_name ?? "unknown",
  sampleRate: stream.sample_rate ?? 0,
  channels: stream.channels ?? 0,
  layout: stream.channel_layout ?? (stream.channels === 1 ? "mono" : `${stream.channels ?? "?"} channels`),
  durationMs: milliseconds(stream.duration),
  startMs: timestamp(stream.start_time),
  language: stream.tags?.language === "und" ? undefined : stream.tags?.language,
  isDefault: stream.disposition?.default === 1,
});

/** Skips attached pictures: ffprobe reports the cover of an audio file as a video stream. */
function chooseVideo(streams: readonly Stream[]): Stream | undefined {
  return streams.find((stream) => stream.codec_type === "video" && stream.disposition?.attached_pic !== 1);
}

/**
 * Converts ffprobe's JSON to `MediaInfo`.
 * @throws ArchivistError `media.no-audio`, `media.encrypted`, `media.undecodable`, `media.not-media`
 */
export function interpretProbe(json: unknown): MediaInfo {
  const parsed = reportSchema.safeParse(json);
  if (!parsed.success) throw new ArchivistError("media.not-media", { underlying: parsed.error });
  const { streams, packets, format } = parsed.data;
  const audio = chooseAudio(streams);
  if (audio === undefined) {
    const nothing = streams.length === 0;
    throw new ArchivistError(nothing ? "media.not-media" : "media.no-audio");
  }
  const encryptedPackets = packets.some((packet) => indicatesEncryption(packet.side_data_list));
  if (isEncrypted(audio) || encryptedPackets) throw new ArchivistError("media.encrypted");
  if (audio.codec_name === undefined || audio.codec_name === "unknown") {
    throw new ArchivistError("media.undecodable", {
      cause: `its sound is in a format that ffmpeg does not know (${audio.codec_tag_string ?? "no name"})`,
    });
  }
  const video = chooseVideo(streams);
  return {
    container: format.format_name,
    durationMs: milliseconds(format.duration) ?? milliseconds(audio.duration),
    isLengthStated: statesLength(format.format_name),
    startMs: timestamp(format.start_time),
    audio: toAudioStream(audio),
    sounds: streams.filter((stream) => stream.codec_type === "audio" && isSent(stream)).map(toAudioStream),
    audioStreamCount: streams.filter((stream) => stream.codec_type === "audio").length,
    video:
      video === undefined
        ? undefined
        : {
            codec: video.codec_name ?? "unknown",
            pixelFormat: video.pix_fmt,
            width: video.width ?? 0,
            height: video.height ?? 0,
            startMs: timestamp(video.start_time),
            durationMs: milliseconds(video.duration),
            frameRate: goodRate(video.r_frame_rate) ?? goodRate(video.avg_frame_rate) ?? "0/1",
          },
  };
}

function goodRate(rate: string | undefined): string | undefined {
  return rate !== undefined && /^[1-9]\d*\/[1-9]\d*$/.test(rate) ? rate : undefined;
}
