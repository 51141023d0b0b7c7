import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isControl } from "../../../electron/captions/cea608/codes.ts";
import { maxEarlyFrames, minVisibleFrames } from "../../../electron/captions/cea608/schedule/limits.ts";
import { transliterate } from "../../../electron/captions/cea608/transliterate.ts";
import type { Cue } from "../../../electron/captions/cue.ts";
import { stripMarkup } from "../../../electron/captions/formats/markup/parse.ts";
import { defaultProfile } from "../../../electron/captions/quality/caption-profile.ts";
import { checkSccFile } from "../../../electron/captions/quality/scc/file-checks.ts";
import { decodeScc, findProgramStart, toCues } from "../../../electron/captions/scc/decode.ts";
import { compareWithCues, encodeScc } from "../../../electron/captions/scc/encode.ts";
import { parseScc } from "../../../electron/captions/scc/file.ts";
import { frameRates, msToFrame } from "../../../electron/captions/time/frame-rate.ts";
import { dropFrameStyle, nonDropFrameStyle, timecodeToFrame } from "../../../electron/captions/time/timecode.ts";
import { cue, series } from "../../support/captions/cues.ts";
import { ffmpegDifferences } from "../../support/captions/decoder-differences.ts";
import { decodeWithHls } from "../../support/captions/hls-decoder.ts";
import { temporaryFolder } from "../../support/temporary.ts";
import { cueList } from "../arbitraries.ts";

/** Quotes are shown in two ways, and hls.js gives mid-row blanks away; neither is a matter of the encoder. */
const comparable = (text: string): string => text.replace(/[’‘]/g, "'").replaceAll("\u00a0", " ");

describe("the file", () => {
  const scc = encodeScc([cue(10_000, 12_000, "I call this meeting to order.")]).text;

  test("has the header, CRLF, blank lines between, a tab after the timecode, and lower-case hexadecimal words", () => {
    const lines = scc.split("\r\n");
    expect(lines[0]).toBe("Scenarist_SCC V1.0");
    expect(lines[1]).toBe("");
    expect(lines[2]).toMatch(/^\d\d:\d\d:\d\d;\d\d\t[0-9a-f]{4}( [0-9a-f]{4})*$/);
    expect(scc.replaceAll("\r\n", "")).not.toMatch(/[\r\n\uFEFF]/);
    expect(scc.endsWith("\r\n")).toBe(true);
  });

  test("shows the caption on the frame nearest to its in-time and erases it on its out-time", () => {
    const [caption] = decodeScc(parseScc(scc));
    expect(caption?.startFrame).toBe(msToFrame(10_000));
    expect(caption?.endFrame).toBe(msToFrame(12_000));
  });

  test("one line stands centred on row 15, two lines on 14 and 15", () => {
    const file = parseScc(
      encodeScc([cue(5_000, 7_000, "Hello"), cue(9_000, 12_000, "Hello there", "my friends")]).text,
    );
    expect(decodeScc(file).map(({ rows }) => rows)).toEqual([
      [{ row: 15, column: 13, text: "Hello" }],
      [
        { row: 14, column: 10, text: "Hello there" },
        { row: 15, column: 11, text: "my friends" },
      ],
    ]);
  });

  test("no captions make a file with a header alone", () => {
    expect(encodeScc([]).text).toBe("Scenarist_SCC V1.0\r\n");
  });
});

/** Every rule that a file must keep, whatever the cues were. */
function expectSoundFile(text: string): void {
  const file = parseScc(text);
  expect(checkSccFile(file)).toEqual([]);
  for (const line of file.lines) {
    for (let index = 0; index < line.words.length; index++) {
      if (!isControl(line.words[index] ?? 0)) continue;
      expect(line.words[index + 1], `control code alone in line ${line.number}`).toBe(line.words[index]);
      index++;
    }
  }
}

const seenText = (captions: readonly { rows: readonly { text: string }[] }[]): string =>
  captions
    .map(({ rows }) => rows.map(({ text }) => text).join(" "))
    .join(" ")
    .replace(/\s+/g, " ");

const spokenText = (cues: readonly Cue[]): string =>
  cues
    .map(({ lines }) => transliterate(lines.join(" ")).text)
    .join(" ")
    .replace(/\s+/g, " ");

describe("any cues", () => {
  test("keep every word, in order; loads never overlap; no caption comes early that need not", () => {
    fc.assert(
      fc.property(cueList(25), (cues) => {
        const { text, captionCount, notes } = encodeScc(cues);
        expectSoundFile(text);
        const seen = decodeScc(parseScc(text));
        expect(seen).toHaveLength(captionCount);
        expect(seenText(seen)).toBe(spokenText(cues));
        expect(compareWithCues(text, cues)).toBeUndefined();
        const maximum = Math.ceil((defaultProfile.maxDelayMs * 30) / 1001) + 1;
        const isTooDense = notes.some(({ kind }) => kind === "too-dense");
        // Cues that had to be cut anew, or shown with others, have times of their own.
        const isChanged = notes.some(
          (note) =>
            note.kind === "re-cut" ||
            (note.kind === "repaired" && (note.repairs.includes("merged") || note.repairs.includes("joined"))),
        );
        if (isChanged) return;
        expect(seen).toHaveLength(cues.length);
        const early = new Set(
          notes.flatMap((note) => (note.kind === "repaired" && note.repairs.includes("early") ? note.cues : [])),
        );
        seen.forEach((caption, index) => {
          const late = caption.startFrame - msToFrame(cues[index]?.startMs ?? 0);
          if (!isTooDense) expect(late).toBeLessThanOrEqual(maximum);
          expect(late).toBeGreaterThanOrEqual(early.has(index) ? -maxEarlyFrames : 0);
        });
      }),
      { numRuns: 2_000 },
    );
  });

  test("decode to the same rows, columns and frames in the decoder of hls.js", async () => {
    await fc.assert(
      fc.asyncProperty(cueList(12), async (cues) => {
        const file = parseScc(encodeScc(cues).text);
        const ours = decodeScc(file);
        const theirs = await decodeWithHls(file);
        const plain = (captions: readonly { rows: readonly { row: number; column: number; text: string }[] }[]) =>
          captions.map(({ rows }) => rows.map(({ row, column, text }) => `${row},${column}:${comparable(text)}`));
        expect(plain(theirs)).toEqual(plain(ours));
        expect(theirs.map(({ startFrame }) => startFrame)).toEqual(ours.map(({ startFrame }) => startFrame));
      }),
      { numRuns: 150 },
    );
  });

  test("with time enough, appear exactly on their frame", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 1, maxLength: 30 }), (extras) => {
        let at = 3_000;
        const cues = extras.map((extra) => {
          const start = at + 1_600 + extra;
          at = start + 1_500;
          return cue(start, at, "A full line of thirty-two chars.", "And the second one is as long ok");
        });
        const { notes } = encodeScc(cues);
        expect(notes).toEqual([]);
        const frames = decodeScc(parseScc(encodeScc(cues).text)).map(({ startFrame }) => startFrame);
        expect(frames).toEqual(cues.map(({ startMs }) => msToFrame(startMs)));
      }),
      { numRuns: 200 },
    );
  });
});

describe("hard cases", () => {
  test("sixty full captions every 1.1 s: every word is there, they are late, and the delay is gone after a pause", () => {
    const dense = series(60, 5_000, 1_100, "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    const after = cue(140_000, 143_000, "After the pause.");
    const { text, notes, worstDelayMs } = encodeScc([...dense, after]);
    expectSoundFile(text);
    expect(compareWithCues(text, [...dense, after])).toBeUndefined();
    expect(worstDelayMs).toBeGreaterThan(2_000);
    expect(notes.filter(({ kind }) => kind === "late").length).toBeGreaterThan(50);
    expect(decodeScc(parseScc(text)).at(-1)?.startFrame).toBe(msToFrame(140_000));
  });

  test("a caption at the very beginning waits until it is loaded", () => {
    const { text, notes } = encodeScc([cue(0, 3_000, "Good evening.")]);
    const [seen] = decodeScc(parseScc(text));
    expect(parseScc(text).lines[0]?.label).toBe("00:00:00;00");
    expect(seen?.startFrame).toBeGreaterThan(0);
    expect(notes).toMatchObject([
      { kind: "repaired", repairs: ["moved-left", "delayed"] },
      { kind: "late", atMs: 0 },
    ]);
  });

  test("the erase of a caption goes into the load of the next one, at its own frame", () => {
    const cues = [
      cue(5_000, 7_000, "First."),
      cue(7_500, 9_500, "The second caption is long", "and takes a while to load."),
    ];
    const seen = decodeScc(parseScc(encodeScc(cues).text));
    expect(Math.abs((seen[0]?.endFrame ?? 0) - msToFrame(7_000))).toBeLessThanOrEqual(1);
    expect(seen[1]?.startFrame).toBe(msToFrame(7_500));
  });

  test("two music notes stay two in both decoders", async () => {
    const file = parseScc(encodeScc([cue(5_000, 8_000, "♪♪ music ♪♪♪")]).text);
    expect(decodeScc(file)[0]?.rows[0]?.text).toBe("♪♪ music ♪♪♪");
    expect((await decodeWithHls(file))[0]?.rows[0]?.text).toBe("♪♪ music ♪♪♪");
  });

  test("an accent of the extended set in column 31 stays there in both decoders", async () => {
    const line = `${"x".repeat(30)}Á`;
    const file = parseScc(encodeScc([cue(5_000, 8_000, line)]).text);
    expect(decodeScc(file)[0]?.rows[0]?.text).toBe(line);
    expect((await decodeWithHls(file))[0]?.rows[0]?.text).toBe(line);
  });

  test("an accent of the extended set never falls into column 32: the line is cut before it", async () => {
    const full = cue(5_000, 8_000, `${"x".repeat(25)} café Á`);
    const file = parseScc(encodeScc([full]).text);
    const rows = decodeScc(file).flatMap((caption) => caption.rows);
    expect(rows.map(({ text }) => text).join(" ")).toBe(full.lines.join(" "));
    expect(rows.every(({ column, text }) => column + text.length < 32)).toBe(true);
    expect((await decodeWithHls(file)).flatMap((caption) => caption.rows.map(({ text }) => text))).toContain("café Á");
  });

  test("four lines are shown; five lines and overlong ones are cut anew and reported", () => {
    const four = cue(5_000, 10_000, "one", "two", "three", "four");
    expect(decodeScc(parseScc(encodeScc([four]).text))[0]?.rows).toHaveLength(4);
    const five = cue(5_000, 15_000, "one", "two", "three", "four", "five and some more words");
    const long = cue(20_000, 26_000, "this line is far too long for the thirty-two columns of a caption");
    const { text, notes } = encodeScc([five, long]);
    expectSoundFile(text);
    expect(notes.map(({ kind }) => kind)).toEqual(["re-cut", "re-cut"]);
    expect(seenText(decodeScc(parseScc(text)))).toBe(spokenText([five, long]));
  });

  test("characters that CEA-608 lacks are reported, never dropped in silence", () => {
    const { notes } = encodeScc([cue(5_000, 8_000, "漢 is a character")]);
    expect(notes).toMatchObject([{ kind: "lost-character", character: "漢" }]);
  });

  test("six hours, 6,000 captions: the last caption is on its frame", () => {
    const cues = series(6_000, 2_000, 3_600, "Council member Anderson moves", "to approve the consent agenda.");
    const { text, worstDelayMs } = encodeScc(cues);
    expect(worstDelayMs).toBe(0);
    const seen = decodeScc(parseScc(text));
    expect(seen).toHaveLength(6_000);
    expect(seen.at(-1)?.startFrame).toBe(msToFrame(2_000 + 5_999 * 3_600));
    const lastLine = parseScc(text).lines.at(-1);
    expect(lastLine && timecodeToFrame(lastLine.timecode)).toBe(msToFrame(cues.at(-1)?.endMs ?? 0));
  });
});

describe("FFmpeg", () => {
  /** What FFmpeg says that a file reads. */
  function readByFfmpeg(scc: string): string {
    const path = join(temporaryFolder(), "meeting.scc");
    writeFileSync(path, scc);
    const srt = execFileSync("ffmpeg", ["-loglevel", "error", "-i", path, "-f", "srt", "-"], { encoding: "utf8" });
    let text = srt
      .split(/\r?\n/)
      .filter((line) => line !== "" && !/^\d+$|-->/.test(line))
      .join(" ");
    for (const [shown, meant] of ffmpegDifferences) text = text.replace(shown, meant);
    return stripMarkup(text);
  }

  const cues = [
    cue(3_000, 5_000, "Roll call, please."),
    cue(6_000, 9_000, "Mayor Peña: it's Renée's motion,", "isn't it? ♪ 50% of $1,200 & more"),
    cue(9_500, 12_000, "Ü and ü, À and ß."),
  ];

  test("reads the same text", () => {
    expect(comparable(readByFfmpeg(encodeScc(cues).text))).toBe(spokenText(cues));
  });

  test.each(["roll-up-2", "paint-on"] as const)("reads every row of %s", (mode) => {
    const text = comparable(readByFfmpeg(encodeScc(cues, { mode }).text));
    for (const line of cues.flatMap(({ lines }) => lines)) expect(text).toContain(line);
  });
});

describe("every mode and channel", () => {
  const modes = ["pop-on", "roll-up-2", "roll-up-3", "roll-up-4", "paint-on"] as const;
  const modesAndChannels = modes.flatMap((mode) => ([1, 2, 3, 4] as const).map((channel) => ({ mode, channel })));

  test.each(modesAndChannels)("$mode on CC$channel: any cues keep every word, in order", ({ mode, channel }) => {
    fc.assert(
      fc.property(cueList(12), (cues) => {
        const options = { mode, channel };
        const { text } = encodeScc(cues, options);
        expect(compareWithCues(text, cues, options)).toBeUndefined();
        // The other channels see nothing of it.
        const file = parseScc(text);
        for (const other of ([1, 2, 3, 4] as const).filter((one) => one !== channel))
          expect(decodeScc(file, { channel: other })).toEqual([]);
        expect(checkSccFile(file).filter(({ rule }) => rule !== "other-channel")).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test.each(modes)("%s: the decoder of hls.js sees the same text", async (mode) => {
    await fc.assert(
      fc.asyncProperty(cueList(8), async (cues) => {
        const { text } = encodeScc(cues, { mode });
        const file = parseScc(text);
        // hls.js gives a cue for every change of the screen: the last one of each caption holds all of it.
        const theirs = (await decodeWithHls(file)).flatMap(({ rows }) => rows.map((row) => comparable(row.text)));
        const ours = decodeScc(file).flatMap(({ rows }) => rows.map((row) => comparable(row.text)));
        for (const row of ours) expect(theirs).toContain(row);
      }),
      { numRuns: 60 },
    );
  });

  test.each(modes)("%s: with time enough, the first characters are there on their frame", (mode) => {
    const cues = [cue(5_000, 8_000, "First."), cue(12_000, 15_000, "Second."), cue(20_000, 23_000, "Third.")];
    const seen = decodeScc(parseScc(encodeScc(cues, { mode }).text));
    expect(seen.map(({ startFrame }) => startFrame)).toEqual(cues.map(({ startMs }) => msToFrame(startMs)));
  });

  test("paint-on begins early, so that what was painted last can be read, and says so", () => {
    const full = ["A full line of thirty-two chars.", "And the second one is as long ok"];
    const { text, notes } = encodeScc([cue(5_000, 6_000, ...full), cue(6_600, 8_000, ...full)], { mode: "paint-on" });
    const words = parseScc(text).lines.flatMap(({ timecode, words: line }) =>
      line.map((word, index) => ({ word, frame: timecodeToFrame(timecode) + index })),
    );
    let lastText = 0;
    for (const { word, frame } of words) {
      if (word === 0x142c) expect(frame - lastText).toBeGreaterThanOrEqual(minVisibleFrames - 5);
      if (!isControl(word)) lastText = frame;
    }
    expect(notes[0]).toMatchObject({ kind: "repaired", repairs: ["early"], cues: [0] });
  });

  test("roll-up shows as many rows as its depth", () => {
    const cues = Array.from({ length: 6 }, (_, index) =>
      cue(3_000 + index * 2_000, 4_900 + index * 2_000, `Line ${index}`),
    );
    for (const depth of [2, 3, 4] as const) {
      const seen = decodeScc(parseScc(encodeScc(cues, { mode: `roll-up-${depth}` }).text));
      expect(seen.at(-1)?.rows.map(({ text }) => text)).toEqual(cues.slice(-depth).map(({ lines }) => lines[0]));
    }
  });
});

describe("looks and places", () => {
  test("top, left, italics and underline come back as they were", () => {
    const styled: Cue = {
      ...cue(5_000, 8_000, "An italic row", "An underlined one"),
      styles: [{ italic: true }, { underline: true }],
      edge: "top",
    };
    const left: Cue = { ...cue(10_000, 13_000, "On the left"), align: "left" };
    const cues = toCues(decodeScc(parseScc(encodeScc([styled, left]).text)));
    expect(cues.map(({ startMs: _s, endMs: _e, ...rest }) => rest)).toEqual([
      { lines: styled.lines, styles: [{ italic: true }, { underline: true }], edge: "top" },
      { lines: ["On the left"], align: "left" },
    ]);
  });

  test("an italic row at the left begins in the first column in every decoder: its address code has no indent", async () => {
    const italic: Cue = { ...cue(5_000, 8_000, "Italic"), styles: [{ italic: true }], align: "left" };
    const file = parseScc(encodeScc([italic]).text);
    expect(decodeScc(file)[0]?.rows[0]).toMatchObject({ row: 15, column: 0 });
    expect((await decodeWithHls(file))[0]?.rows[0]).toMatchObject({ row: 15, column: 0 });
  });
});

describe("time", () => {
  test.each([
    ["drop-frame", dropFrameStyle],
    ["non-drop-frame", nonDropFrameStyle],
    ["25", { rate: frameRates["25"], dropFrame: false }],
    ["23.976", { rate: frameRates["23.976"], dropFrame: false }],
  ] as const)("%s: 0 h, 1 h, 3 h and 6 h are on their frame", (_name, timecode) => {
    const cues = [5_000, 3_600_000, 10_800_000, 21_600_000].map((ms) => cue(ms, ms + 3_000, "Order."));
    const file = parseScc(encodeScc(cues, { timecode }).text);
    expect(checkSccFile(file, timecode.rate)).toEqual([]);
    const seen = decodeScc(file, { rate: timecode.rate });
    expect(seen.map(({ startFrame }) => startFrame)).toEqual(
      cues.map(({ startMs }) => msToFrame(startMs, timecode.rate)),
    );
    toCues(seen, 0, timecode.rate).forEach(({ startMs }, index) => {
      const frameMs = (1000 * timecode.rate.denominator) / timecode.rate.numerator;
      expect(Math.abs(startMs - (cues[index]?.startMs ?? 0))).toBeLessThanOrEqual(frameMs / 2 + 0.5);
    });
  });

  test("a file that begins at one hour has room to load a caption at t = 0, and is read back as it was", () => {
    const startFrame = timecodeToFrame({ hours: 1, minutes: 0, seconds: 0, frames: 0, dropFrame: true });
    const { text, notes } = encodeScc([cue(0, 3_000, "Good evening.")], { startFrame });
    expect(notes).toEqual([]);
    const file = parseScc(text);
    expect(file.lines[0]?.label).toMatch(/^00:59:59;/);
    expect(findProgramStart(file)).toBe(startFrame);
    expect(toCues(decodeScc(file), startFrame)[0]).toMatchObject({ startMs: 0, endMs: 3_003 });
  });
});
