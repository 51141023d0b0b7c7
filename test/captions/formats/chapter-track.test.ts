import { describe, expect, test } from "vitest";
import { formatChapterTrack } from "../../../electron/captions/formats/chapter-track.ts";
import { readCaptions } from "../../../electron/captions/formats/read.ts";

describe("chapters as a WebVTT track", () => {
  test("each goes on to the next, the last one to the end, in order of time", () => {
    const track = formatChapterTrack(
      [
        { title: "Public hearing", offset: 3_725 },
        { title: "Call to order", offset: 0 },
      ],
      7_200,
    );
    expect(track).toBe(
      "WEBVTT\n\n00:00:00.000 --> 01:02:05.000\nCall to order\n\n01:02:05.000 --> 02:00:00.000\nPublic hearing\n",
    );
  });

  test("titles cannot break the file", () => {
    const track = formatChapterTrack([{ title: "Item <7> & --> \n\nstreets", offset: 5 }], 10);
    expect(track.trim().split("\n")).toHaveLength(4);
    expect(track).toContain("Item &lt;7&gt; &amp; --&gt; streets");
    expect(readCaptions(track).cues).toHaveLength(1);
  });

  test("no chapters are a track without cues; one at the very end still has a length", () => {
    expect(formatChapterTrack([], 10)).toBe("WEBVTT\n\n");
    expect(formatChapterTrack([{ title: "End", offset: 10 }], 10)).toContain("00:00:10.000 --> 00:00:10.001");
  });
});
