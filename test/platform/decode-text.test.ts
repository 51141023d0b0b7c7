import { describe, expect, test } from "vitest";
import { decodeText } from "../../electron/platform/decode-text.ts";

describe("text files", () => {
  const text = "Señor – “quoted” €";
  test.each<[string, Buffer]>([
    ["UTF-8", Buffer.from(text)],
    ["UTF-8 with a mark", Buffer.from(`\uFEFF${text}`)],
    ["UTF-16 little-endian", Buffer.from(`\uFEFF${text}`, "utf16le")],
    ["UTF-16 big-endian", Buffer.from(`\uFEFF${text}`, "utf16le").swap16()],
    ["Windows-1252", Buffer.from("Se\xf1or \x96 \x93quoted\x94 \x80", "latin1")],
  ])("%s is read", (_name, bytes) => {
    expect(decodeText(bytes).replace(/^\uFEFF/, "")).toBe(text);
  });

  test("UTF-16 without a mark is known by its zeros", () => {
    expect(decodeText(Buffer.from("WEBVTT", "utf16le"))).toBe("WEBVTT");
  });
});
