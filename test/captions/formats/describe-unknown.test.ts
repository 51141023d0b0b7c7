import { describe, expect, test } from "vitest";
import { describeUnknown } from "../../../electron/captions/formats/describe-unknown.ts";
import { NotCaptionsError, readCaptions } from "../../../electron/captions/formats/read.ts";

/** Bytes as they are read: one character each. */
const toBytes = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

describe("a file of no known format", () => {
  test.each<[string, string, RegExp]>([
    ["nothing", "", /^the file is empty$/],
    ["blanks", "\r\n \r\n", /blanks only/],
    ["zeros", "\0".repeat(5_000), /zeros only: it was not copied to its end/],
    ["PDF", "%PDF-1.7\n%\xe2\xe3", /a PDF document/],
    ["Word", "PK\x03\x04\x14\0", /office program/],
    ["old Word", "\xd0\xcf\x11\xe0\xa1\xb1", /office program; save it as plain text/],
    ["rich text", "{\\rtf1\\ansi", /office program/],
    ["PNG", "\x89PNG\r\n\x1a\n", /a picture/],
    ["JPEG", "\xff\xd8\xff\xe0", /a picture/],
    ["MP4", "\0\0\0\x20ftypisom", /a video; transcribe it/],
    ["Matroska", "\x1a\x45\xdf\xa3", /a video/],
    ["transport stream", `G${"\xff".repeat(187)}G${"\xff".repeat(187)}G`, /a video/],
    ["WAV", "RIFF\x24\0\0\0WAVEfmt ", /a sound recording/],
    ["Blu-ray pictures", "PG\0\0\0\0\0\0\0\0\x16\0", /captions that are pictures, not text/],
    ["VobSub", "# VobSub index file, v7\nsize: 720x480\n", /captions that are pictures/],
    ["BDN", '<?xml version="1.0"?>\n<BDN Version="0.93">', /captions that are pictures/],
    ["HTML", "<!DOCTYPE html><html><body>", /a web page/],
    ["a playlist", "#EXTM3U\n#EXT-X-VERSION:3\n", /a playlist/],
    ["a project", '<?xml version="1.0"?><fcpxml version="1.9">', /a project of an editing program/],
    ["other XML", '<?xml version="1.0"?><rss><channel/></rss>', /XML of another kind \(<rss>\)/],
    ["other JSON", '[{"id": 1}]', /JSON of another program/],
    ["an archive", "\x1f\x8b\x08", /an archive; unpack it/],
    ["noise", "\x01\x02\x03\x04\x05\x80\x90\x06\x07", /a file that is not text/],
    [
      "prose",
      "These are the minutes of the meeting.",
      /text without times; a caption has a line with its start and its end/,
    ],
    ["prose with a time", "The meeting began at 7:30 pm.", /text with times in an order that is not known/],
  ])("%s", (_name, text, expected) => {
    expect(describeUnknown(text, toBytes(text))).toMatch(expected);
    expect(describeUnknown(text)).toMatch(expected);
    expect(() => readCaptions(text, {}, toBytes(text))).toThrow(NotCaptionsError);
  });
});
