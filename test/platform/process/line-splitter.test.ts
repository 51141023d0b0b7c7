import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LineSplitter } from "../../../electron/platform/process/line-splitter.ts";

describe("lines", () => {
  const split = (pieces: readonly Buffer[], limit = 100): readonly (readonly [string, boolean])[] => {
    const lines: [string, boolean][] = [];
    const splitter = new LineSplitter(limit, (line, complete) => lines.push([line, complete]));
    for (const piece of pieces) splitter.push(piece);
    splitter.end();
    return lines;
  };

  test("are the same however the bytes arrive", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme", maxLength: 20 })), fc.array(fc.nat(50)), (texts, cuts) => {
        const clean = texts.map((text) => text.replace(/[\r\n]/g, ""));
        const bytes = Buffer.from(clean.map((text) => `${text}\n`).join(""));
        const pieces: Buffer[] = [];
        let at = 0;
        for (const cut of cuts) {
          pieces.push(bytes.subarray(at, at + cut));
          at += cut;
        }
        pieces.push(bytes.subarray(at));
        expect(split(pieces, 1_000).map(([line]) => line)).toEqual(clean);
      }),
    );
  });

  test("that are too long are cut and marked, and the next one is whole", () => {
    expect(split([Buffer.from(`${"x".repeat(250)}\nnext\n`)])).toEqual([
      ["x".repeat(100), false],
      ["next", true],
    ]);
    const endless = Array.from({ length: 50 }, () => Buffer.from("y".repeat(60)));
    expect(split([...endless, Buffer.from("\nnext")])).toEqual([
      ["y".repeat(100), false],
      ["next", true],
    ]);
  });

  test("lose their carriage return", () => {
    expect(split([Buffer.from("a\r\nb")])).toEqual([
      ["a", true],
      ["b", true],
    ]);
  });
});
