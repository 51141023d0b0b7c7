/**
 * What Chromium plays by itself, and what a copy that it plays has to be made of. Pure. The list is that of Chromium
 * with the codecs that Electron ships (chromium.org/audio-video): MPEG-2, HEVC, ProRes, WMV and AC-3 are not in it.
 */
import { z } from "zod";

/** The part of `MediaInfo` that decides; rows of older versions may lack it. */
const partsSchema = z.object({
  container: z.string(),
  audio: z.object({ codec: z.string() }),
  video: z
    .object({ codec: z.string(), pixelFormat: z.string().optional(), width: z.number(), height: z.number() })
    .optional(),
});
type PlayableFormat = z.infer<typeof partsSchema>;

export interface PreviewPlan {
  /** Taken as it is, made anew, or not there. */
  readonly video: "copy" | "encode" | "none";
  readonly audio: "copy" | "encode";
}

/** FFmpeg's names of the demuxers whose files Chromium opens; AVI, ASF, MPEG streams and MXF are others. */
const containers = new Set(["mov", "mp4", "webm", "mp3", "wav", "flac", "ogg"]);
const pictures = new Set(["h264", "vp8", "vp9", "av1"]);
const sounds = new Set(["aac", "mp3", "opus", "vorbis", "flac"]);
/** Eight bits and a quarter of the colour: what every H.264 decoder knows. Studio formats are 4:2:2 or 10 bits. */
const commonPixels = new Set(["yuv420p", "yuvj420p"]);
/** What an MP4 file takes and Chromium plays there. */
const picturesOfMp4 = new Set(["h264", "vp9", "av1"]);
const soundsOfMp4 = new Set(["aac", "mp3"]);

const playsPicture = ({ video }: PlayableFormat, known: ReadonlySet<string>): boolean =>
  video !== undefined &&
  known.has(video.codec) &&
  (video.codec !== "h264" || video.pixelFormat === undefined || commonPixels.has(video.pixelFormat));

/** Matroska and WebM share a demuxer; Chromium opens what the codecs of WebM are in, whatever the name. */
function opens({ container, video, audio }: PlayableFormat): boolean {
  const names = container.split(",");
  if (names.includes("matroska")) {
    return (video === undefined || /^(vp[89]|av1)$/.test(video.codec)) && /^(opus|vorbis)$/.test(audio.codec);
  }
  return names.some((name) => containers.has(name));
}

/**
 * @param media what the probe found, as the catalog keeps it
 * @returns True when Chromium plays it as it is; undefined where too little is known of it
 */
export function playsAsItIs(media: unknown): boolean | undefined {
  const deps = partsSchema.safeParse(media).data;
  if (deps === undefined) return undefined;
  const isPlainSound = deps.audio.codec.startsWith("pcm_") && deps.container.split(",").includes("wav");
  const hears = sounds.has(deps.audio.codec) || isPlainSound;
  return opens(deps) && hears && (deps.video === undefined || playsPicture(deps, pictures));
}

/** True for a recording with a picture, and where nothing is known of it. */
export const hasPicture = (media: unknown): boolean => {
  const deps = partsSchema.safeParse(media).data;
  return deps === undefined || deps.video !== undefined;
};

/** What an MP4 copy takes over and what has to be made anew. Taking over is a matter of seconds. */
export function planPreview(media: unknown): PreviewPlan {
  const deps = partsSchema.safeParse(media).data;
  if (deps === undefined) return { video: "encode", audio: "encode" };
  const video = deps.video === undefined ? "none" : playsPicture(deps, picturesOfMp4) ? "copy" : "encode";
  return { video, audio: soundsOfMp4.has(deps.audio.codec) ? "copy" : "encode" };
}
