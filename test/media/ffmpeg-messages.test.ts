import { describe, expect, test } from "vitest";
import {
  explainFfmpeg,
  indicatesMissingEnd,
  isProgressLine,
  isTooOld,
  parseToolVersion,
  progressMs,
} from "../../electron/media/ffmpeg-messages.ts";
import { interpretProbe } from "../../electron/media/probe-report.ts";

/** Lines that FFmpeg 4.1 to 7 really print. */
describe("what FFmpeg says", () => {
  test.each([
    ["[mov,mp4,m4a,3gp,3g2,mj2 @ 0x5581] moov atom not found", "media.truncated"],
    ["/tmp/text.mp4: Invalid data found when processing input", "media.not-media"],
    ["[mov,mp4,m4a,3gp,3g2,mj2 @ 0x55] stream 0, offset 0x1a2b: partial file", "media.truncated"],
    ["[matroska,webm @ 0x55] File ended prematurely at pos. 1234 (0x4d2)", "media.truncated"],
    ["[hls @ 0x55] Format not on whitelist 'mov,mp4'", "media.not-media"],
    ["/share/a.mp4: Permission denied", "file.unreadable"],
    ["/share/a.mp4: No such file or directory", "file.missing"],
    ["/share/a.mp4: Input/output error", "disk.failed"],
    ["av_interleaved_write_frame(): No space left on device", "disk.full"],
    ["[asf @ 0x55] DRM protected stream detected, decoding will likely fail!", "media.encrypted"],
    ["Decoder (codec none) not found for input stream #0:1", "media.undecodable"],
  ])("%s", (line, code) => {
    expect(explainFfmpeg(["something before", line])?.code).toBe(code);
  });

  test("of what it does not explain, nothing is made up", () => {
    expect(explainFfmpeg(["[aac @ 0x55] channel element 2.10 is not allocated"])).toBeUndefined();
    expect(explainFfmpeg([])).toBeUndefined();
  });

  test("a missing end is told from other complaints", () => {
    expect(indicatesMissingEnd(["[mov,mp4 @ 0x1] stream 0, offset 0x30: partial file"])).toBe(true);
    expect(indicatesMissingEnd(["[h264 @ 0x1] error while decoding MB 12 34"])).toBe(false);
  });

  test.each([
    ["out_time_us=1234567", 1234],
    ["out_time_ms=1234567", 1234],
    ["out_time_us=N/A", undefined],
    ["out_time_us=-23220", undefined],
    ["out_time=00:00:01.23", undefined],
    ["frame=12", undefined],
  ])("%s tells %s ms", (line, ms) => {
    expect(progressMs(line)).toBe(ms);
  });

  test.each(["[aac @ 0x1] failed", "Error opening input: x=y z", "a=b c"])("%s is a message", (line) => {
    expect(isProgressLine(line)).toBe(false);
  });
  test.each(["total_size=123", "progress=end", "speed=1.5x", "dup_frames=0", "bitrate= 256.0kbits/s", "speed=N/A"])(
    "%s is progress",
    (line) => {
      expect(isProgressLine(line)).toBe(true);
    },
  );

  test.each([
    ["ffmpeg version 5.1.9-0+deb12u1 Copyright (c) 2000-2026 the FFmpeg developers", "5.1.9-0+deb12u1", false],
    ["ffmpeg version n7.1-8-g0b1 Copyright", "n7.1-8-g0b1", false],
    ["ffprobe version 4.1.4 Copyright (c) 2007-2019", "4.1.4", true],
    ["ffmpeg version 4.2.7-0ubuntu0.1 Copyright", "4.2.7-0ubuntu0.1", false],
    [
      "ffmpeg version N-47683-g0e8eb07980-static https://johnvansickle.com/ffmpeg/",
      "N-47683-g0e8eb07980-static",
      false,
    ],
  ])("%s", (banner, text, tooOld) => {
    const version = parseToolVersion(banner);
    expect(version?.text).toBe(text);
    expect(version && isTooOld(version)).toBe(tooOld);
  });

  test("another program's banner is no version", () => {
    expect(parseToolVersion("GNU bash, version 5.2")).toBeUndefined();
  });
});

describe("what ffprobe reports", () => {
  const audio = {
    index: 1,
    codec_type: "audio",
    codec_name: "aac",
    sample_rate: "48000",
    channels: 2,
    channel_layout: "stereo",
  };
  const format = { format_name: "mov,mp4,m4a,3gp,3g2,mj2", duration: "7200.5" };

  test("is turned into what the pipeline needs", () => {
    const info = interpretProbe({
      streams: [
        { index: 0, codec_type: "video", codec_name: "h264", width: 1920, height: 1080, r_frame_rate: "30000/1001" },
        { ...audio, duration: "7199.9" },
      ],
      format,
    });
    expect(info).toMatchObject({
      container: format.format_name,
      durationMs: 7_200_500,
      audio: { index: 1, codec: "aac", sampleRate: 48_000, channels: 2, layout: "stereo", durationMs: 7_199_900 },
      audioStreamCount: 1,
      video: { codec: "h264", width: 1920, height: 1080, frameRate: "30000/1001" },
    });
  });

  test("the default audio stream wins over the first, a cover picture is no video", () => {
    const info = interpretProbe({
      streams: [
        { ...audio, index: 0 },
        { ...audio, index: 1, disposition: { default: 1 } },
        { index: 2, codec_type: "video", codec_name: "mjpeg", disposition: { attached_pic: 1 } },
      ],
      format,
    });
    expect(info.audio.index).toBe(1);
    expect(info.audioStreamCount).toBe(2);
    expect(info.video).toBeUndefined();
  });

  test.each<[string, unknown, string]>([
    ["no streams", { streams: [], format }, "media.not-media"],
    ["no audio", { streams: [{ index: 0, codec_type: "video" }], format }, "media.no-audio"],
    ["an encrypted sample entry", { streams: [{ ...audio, codec_tag_string: "enca" }], format }, "media.encrypted"],
    [
      "encryption in the side data",
      { streams: [{ ...audio, side_data_list: [{ side_data_type: "Encryption initialization data" }] }], format },
      "media.encrypted",
    ],
    [
      "encrypted packets",
      { streams: [audio], packets: [{ side_data_list: [{ side_data_type: "Encryption info" }] }], format },
      "media.encrypted",
    ],
    ["an unknown codec", { streams: [{ index: 0, codec_type: "audio" }], format }, "media.undecodable"],
    ["no report at all", {}, "media.not-media"],
    ["something else", "hello", "media.not-media"],
  ])("%s is an error", (_name, json, code) => {
    expect(() => interpretProbe(json)).toThrow(expect.objectContaining({ code }));
  });

  test("numbers that are not there are unknown, not zero", () => {
    const info = interpretProbe({
      streams: [{ index: 0, codec_type: "audio", codec_name: "aac" }],
      format: { format_name: "mpegts", duration: "N/A" },
    });
    expect(info.durationMs).toBeUndefined();
  });
});
