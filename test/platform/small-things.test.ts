import { existsSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { editDistance, nearest } from "../../electron/captions/text/edit-distance.ts";
import { openLogs, rotateLog } from "../../electron/config/logger.ts";
import { localDate } from "../../electron/platform/clock.ts";
import { decodeText } from "../../electron/platform/decode-text.ts";
import { fingerprint, sampledOffsets } from "../../electron/platform/fingerprint.ts";
import { bundledNode, isNodeNewEnough } from "../../electron/platform/node-version.mjs";
import { scrubbedEnvironment } from "../../electron/platform/process/environment.ts";
import { LineSplitter } from "../../electron/platform/process/line-splitter.ts";
import { temporaryFolder } from "../support/temporary.ts";

describe("fingerprints", () => {
  function file(content: string | Buffer): string {
    const path = join(temporaryFolder(), "a file");
    writeFileSync(path, content);
    return path;
  }

  test("are the same for the same content and differ for another", async () => {
    const one = await fingerprint(file("abc"));
    expect((await fingerprint(file("abc"))).hash).toBe(one.hash);
    expect((await fingerprint(file("abd"))).hash).not.toBe(one.hash);
    expect(one.size).toBe(3);
  });

  test("see a change of one byte anywhere in a file of up to 16 MiB", async () => {
    const content = Buffer.alloc(3_000_001, 7);
    const before = await fingerprint(file(content));
    for (const at of [0, 1_234_567, 3_000_000]) {
      const changed = Buffer.from(content);
      changed[at] = 8;
      expect((await fingerprint(file(changed))).hash).not.toBe(before.hash);
    }
  });

  test("tell a file from its beginning", async () => {
    const path = file(Buffer.alloc(200_000, 1));
    const before = await fingerprint(path);
    truncateSync(path, 199_999);
    expect((await fingerprint(path)).hash).not.toBe(before.hash);
  });

  test("sample head, tail and what lies between, inside the file", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 40 }), (size) => {
        const offsets = sampledOffsets(size);
        expect(offsets.length).toBeLessThanOrEqual(256);
        expect(offsets[0]).toBe(0);
        expect((offsets.at(-1) ?? 0) + 65_536).toBeGreaterThanOrEqual(size);
        for (const offset of offsets) expect(offset).toBeLessThan(size);
      }),
    );
  });
});

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

describe("edit distance", () => {
  test.each([
    ["", "", 0],
    ["abc", "", 3],
    ["kitten", "sitting", 3],
    ["flaw", "lawn", 2],
  ])("%j to %j is %i", (from, to, distance) => {
    expect(editDistance(from, to)).toBe(distance);
    expect(editDistance(to, from)).toBe(distance);
  });

  test("finds what was meant, and nothing where nothing is near", () => {
    expect(nearest("bse.en", ["base.en", "tiny.en"])).toBe("base.en");
    expect(nearest("something-else-entirely", ["base.en", "tiny.en"])).toBeUndefined();
  });
});

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

describe("the rest", () => {
  test("dates are local", () => {
    expect(localDate(new Date(2026, 0, 5, 23, 59))).toBe("2026-01-05");
  });

  test("a child's environment loses what could change what it is", () => {
    expect(
      scrubbedEnvironment({
        PATH: "/bin",
        LD_PRELOAD: "x",
        NODE_OPTIONS: "x",
        DYLD_INSERT_LIBRARIES: "x",
        ld_preload: "x",
      }),
    ).toEqual({ PATH: "/bin" });
  });

  test("Node 20 is too old, 24 is not, and npm brought one that is not", () => {
    expect(isNodeNewEnough("20.20.2")).toBe(false);
    expect(isNodeNewEnough("24.0.0")).toBe(true);
    expect(isNodeNewEnough()).toBe(true);
    const bundled = bundledNode();
    expect(bundled === undefined || existsSync(bundled)).toBe(true);
  });

  test("logs are written with data, and rotated in order", () => {
    const folder = temporaryFolder();
    const { application, transcription, vod } = openLogs(folder, "info");
    application.info("something happened", { error: new Error("because") });
    application.debug("not this");
    const file = join(folder, "archivist.log");
    expect(readFileSync(file, "utf8")).toMatch(/^\S+ \[info\] +something happened \{"error":\{"message":"because"/);
    expect(readFileSync(file, "utf8")).not.toContain("not this");
    transcription.warn("heard nothing");
    vod.error("the server is away");
    const written = (name: string): string => readFileSync(join(folder, name), "utf8");
    expect(written("transcription.log")).toMatch(/^\S+ \[warn\] +heard nothing\s*$/);
    expect(written("vod.log")).toMatch(/the server is away/);
    expect(written("error.log")).toMatch(/^\S+ \[error\] +the server is away\s*$/);
    expect(written("archivist.log")).toMatch(/heard nothing[\s\S]*the server is away/);
    for (const content of ["first", "second", "third"]) {
      writeFileSync(file, content);
      rotateLog(file);
    }
    expect(readFileSync(join(folder, "archivist.1.log"), "utf8")).toBe("third");
    expect(readFileSync(join(folder, "archivist.3.log"), "utf8")).toBe("first");
  });
});
