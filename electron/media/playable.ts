/**
 * Decides whether Chromium can play a recording, and how to make a preview copy where it cannot. Pure. The list is that
 * of Chromium with the codecs that Electron ships (chromium.org/audio-video): it has no MPEG-2, HEVC, ProRes, WMV or
 * AC-3.
 */
import { z } from "zod";
import type { DecodedFacts } from "../contract/recording.ts";
import { mayChangeFormat } from "./container-facts.ts";
import { playsAlike } from "./decoding/recording-sound.ts";

/** The fields of `MediaInfo` that matter here; rows written by older versions may lack them. */
const partsSchema = z.object({
  container: z.string(),
  audio: z.object({ codec: z.string() }),
  video: z
    .object({ codec: z.string(), pixelFormat: z.string().optional(), width: z.number(), height: z.number() })
    .optional(),
});
type PlayableFormat = z.infer<typeof partsSchema>;

export interface PreviewPlan {
  /** Copied without re-encoding, re-encoded, or absent. */
  readonly video: "copy" | "encode" | "none";
  readonly audio: "copy" | "encode";
}

/** FFmpeg's names of the demuxers whose files Chromium opens; AVI, ASF, MPEG streams and MXF are not among them. */
const containers = new Set(["mov", "mp4", "webm", "mp3", "wav", "flac", "ogg"]);
const pictures = new Set(["h264", "vp8", "vp9", "av1"]);
const sounds = new Set(["aac", "mp3", "opus", "vorbis", "flac"]);
/** 8-bit 4:2:0, which every H.264 decoder supports. Studio formats are 4:2:2 or 10 bits. */
const commonPixels = new Set(["yuv420p", "yuvj420p"]);
/** Video codecs that fit into an MP4 file and that Chromium plays from one. */
const picturesOfMp4 = new Set(["h264", "vp9", "av1"]);
const soundsOfMp4 = new Set(["aac", "mp3"]);

const playsPicture = ({ video }: PlayableFormat, known: ReadonlySet<string>): boolean =>
  video !== undefined &&
  known.has(video.codec) &&
  (video.codec !== "h264" || video.pixelFormat === undefined || commonPixels.has(video.pixelFormat));

/** Matroska and WebM share a demuxer; Chromium opens a file with WebM's codecs, whatever its extension. */
function opens({ container, video, audio }: PlayableFormat): boolean {
  const names = container.split(",");
  if (names.includes("matroska")) {
    return (video === undefined || /^(vp[89]|av1)$/.test(video.codec)) && /^(opus|vorbis)$/.test(audio.codec);
  }
  return names.some((name) => containers.has(name));
}

/**
 * @param media the probe's result, as the catalog stores it
 * @returns True when Chromium plays the file without a preview copy; undefined when too little is known of it
 */
export function playsAsItIs(media: unknown): boolean | undefined {
  const deps = partsSchema.safeParse(media).data;
  if (deps === undefined) return undefined;
  const isPlainSound = deps.audio.codec.startsWith("pcm_") && deps.container.split(",").includes("wav");
  const hears = sounds.has(deps.audio.codec) || isPlainSound;
  return opens(deps) && hears && (deps.video === undefined || playsPicture(deps, pictures));
}

/** MIME types by FFmpeg's names of formats; QuickTime files are opened like the MP4 files made from them. */
const types: readonly (readonly [format: string, withPicture: string, soundOnly: string])[] = [
  ["mp4", "video/mp4", "audio/mp4"],
  ["webm", "video/webm", "audio/webm"],
  ["ogg", "video/ogg", "audio/ogg"],
  ["mp3", "audio/mpeg", "audio/mpeg"],
  ["wav", "audio/wav", "audio/wav"],
  ["flac", "audio/flac", "audio/flac"],
];

/** The MIME type of a recording by its content, whatever its name ends in; undefined: browsers have none for it. */
export function getMediaType(media: unknown): string | undefined {
  const deps = partsSchema.safeParse(media).data;
  if (deps === undefined) return undefined;
  const names = deps.container.split(",");
  const found = types.find(([format]) => names.includes(format));
  return found && (deps.video === undefined ? found[2] : found[1]);
}

/**
 * The player's clock at the recording's 0, in milliseconds. Chromium counts by the time stamps of the files that it
 * plays (measured: MP4, WebM and Ogg files that begin at 5 s begin at 5 s there); a preview copy begins at 0, and so do
 * the clocks of other players with formats whose stamps begin anywhere.
 * @param facts what decoding found; undefined before it
 */
export const getPlayerStartMs = (media: unknown, facts: DecodedFacts | undefined): number =>
  facts !== undefined && playsAsItIs(media) === true && playsAlike(facts) ? Math.max(0, facts.clock.zeroMs) : 0;

/** True for a recording with a video stream, and when nothing is known of it. */
export const hasPicture = (media: unknown): boolean => {
  const deps = partsSchema.safeParse(media).data;
  return deps === undefined || deps.video !== undefined;
};

/** Decides which streams a preview copy (MP4) copies and which it re-encodes. Copying takes only seconds. */
export function planPreview(media: unknown): PreviewPlan {
  const deps = partsSchema.safeParse(media).data;
  if (deps === undefined) return { video: "encode", audio: "encode" };
  const video = deps.video === undefined ? "none" : playsPicture(deps, picturesOfMp4) ? "copy" : "encode";
  const isSteady = !mayChangeFormat(deps.container);
  return { video, audio: soundsOfMp4.has(deps.audio.codec) && isSteady ? "copy" : "encode" };
}
