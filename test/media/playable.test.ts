/** What players play, and what a copy is made of. */
import { describe, expect, test } from "vitest";
import { hasPicture, planPreview, playsAsItIs } from "../../electron/media/playable.ts";

const media = (container: string, video: string | undefined, audio: string, pixelFormat?: string) => ({
  container,
  audio: { codec: audio },
  ...(video === undefined ? {} : { video: { codec: video, width: 1280, height: 720, pixelFormat } }),
});
const mp4 = "mov,mp4,m4a,3gp,3g2,mj2";
const mkv = "matroska,webm";

describe("a recording", () => {
  test.each<[string, unknown, boolean | undefined, string]>([
    ["MP4 as every camera writes it", media(mp4, "h264", "aac", "yuv420p"), true, "copy copy"],
    ["older rows know no pixel format", media(mp4, "h264", "aac"), true, "copy copy"],
    ["a studio's H.264 with full colour", media(mp4, "h264", "aac", "yuv422p10le"), false, "encode copy"],
    ["HEVC", media(mp4, "hevc", "aac", "yuv420p"), false, "encode copy"],
    ["QuickTime with uncompressed sound", media(mp4, "h264", "pcm_s16le", "yuv420p"), false, "copy encode"],
    ["ProRes", media(mp4, "prores", "pcm_s24le", "yuv422p10le"), false, "encode encode"],
    ["Matroska with H.264", media(mkv, "h264", "aac", "yuv420p"), false, "copy copy"],
    ["WebM", media(mkv, "vp9", "opus", "yuv420p"), true, "copy encode"],
    ["a transport stream", media("mpegts", "h264", "aac", "yuv420p"), false, "copy encode"],
    ["a transport stream of a broadcaster", media("mpegts", "mpeg2video", "ac3", "yuv420p"), false, "encode encode"],
    ["Windows Media", media("asf", "wmv3", "wmav2", "yuv420p"), false, "encode encode"],
    ["MXF", media("mxf", "mpeg2video", "pcm_s16le", "yuv422p"), false, "encode encode"],
    ["MP3", media("mp3", undefined, "mp3"), true, "none encode"],
    ["WAV", media("wav", undefined, "pcm_s16le"), true, "none encode"],
    ["FLAC", media("flac", undefined, "flac"), true, "none encode"],
    ["AC-3 alone", media("ac3", undefined, "ac3"), false, "none encode"],
    ["a row of which nothing is known", {}, undefined, "encode encode"],
    ["no row", undefined, undefined, "encode encode"],
  ])("%s", (_, known, plays, plan) => {
    expect(playsAsItIs(known)).toBe(plays);
    const { video, audio } = planPreview(known);
    expect(`${video} ${audio}`).toBe(plan);
  });

  test("has a picture, or only sound", () => {
    expect(hasPicture(media(mp4, "h264", "aac"))).toBe(true);
    expect(hasPicture(media("mp3", undefined, "mp3"))).toBe(false);
    expect(hasPicture({})).toBe(true);
  });
});
