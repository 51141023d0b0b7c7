import { describe, expect, test } from "vitest";
import { FieldDecoder } from "../../../electron/captions/cea608/decoder/field.ts";
import type { ScreenRow } from "../../../electron/captions/cea608/decoder/memory.ts";
import { decodeScc, findProgramStart, toCues } from "../../../electron/captions/scc/decode.ts";
import { parseScc } from "../../../electron/captions/scc/file.ts";
import { hlsGlyphs } from "../../support/captions/decoder-differences.ts";
import { decodeWithHls } from "../../support/captions/hls-decoder.ts";

const scc = (...lines: readonly string[]): string => `Scenarist_SCC V1.0\n\n${lines.join("\n\n")}\n`;

/** The first channel of a decoder. */
interface Screen {
  readonly rows: () => readonly ScreenRow[];
  readonly feed: (word: number) => void;
}

/** Hexadecimal words with parity, as in a file, into a decoder. */
function play(hex: string, channel: 1 | 2 | 3 | 4 = 1): Screen {
  const decoder = new FieldDecoder();
  for (const word of hex.split(" ")) decoder.feed(Number.parseInt(word, 16) & 0x7f7f);
  return { rows: () => decoder.screen(channel).rows(), feed: (word) => decoder.feed(word) };
}

const texts = (screen: Screen): readonly string[] => screen.rows().map(({ text }) => text);

describe("pop-on", () => {
  test("is invisible until the flip, and the old text is behind it", () => {
    const load = "9420 9420 94ae 94ae 9470 9470 c8e9"; // "Hi"
    expect(texts(play(load))).toEqual([]);
    const screen = play(`${load} 942f 942f`);
    expect(screen.rows()).toEqual([{ row: 15, column: 0, text: "Hi" }]);
    screen.feed(0x142c);
    expect(texts(screen)).toEqual([]);
  });

  test("a repeated control code is executed once, a third copy again", () => {
    // EOC sent four times in a row is two flips: the caption goes away again.
    expect(texts(play("9420 9420 94ae 94ae 9470 9470 c8e9 942f 942f"))).toEqual(["Hi"]);
    expect(texts(play("9420 9420 94ae 94ae 9470 9470 c8e9 942f 942f 942f 942f"))).toEqual([]);
  });

  test("a null between the copies makes both count", () => {
    expect(texts(play("9420 9420 94ae 94ae 9470 9470 c8e9 942f 8080 942f"))).toEqual([]);
  });

  test("codes sent once work as well", () => {
    expect(texts(play("9420 94ae 9470 c8e9 942f"))).toEqual(["Hi"]);
  });

  test("an extended character replaces the letter before it; a special one does not", () => {
    expect(texts(play("9420 9420 94ae 94ae 9470 9470 f580 9225 9225 9137 9137 942f 942f"))).toEqual(["ü♪"]);
  });

  test("text past column 32 replaces the last cell", () => {
    const fill = Array.from({ length: 16 }, () => "6161").join(" ");
    const [row] = play(`9420 9420 94ae 94ae 9470 9470 ${fill} 6262 942f 942f`).rows();
    expect(row?.text).toBe(`${"a".repeat(31)}b`);
  });
});

describe("other modes", () => {
  test("roll-up scrolls and keeps its depth", () => {
    const line = (hex: string): string => `9425 9425 94ad 94ad 9470 9470 ${hex}`;
    const screen = play([line("efee e580"), line("f4f7 ef80"), line("f468 f2e5 e580")].join(" "));
    expect(texts(screen)).toEqual(["two", "three"]);
    expect(screen.rows().map(({ row }) => row)).toEqual([14, 15]);
  });

  test("paint-on writes on the screen at once", () => {
    expect(texts(play("9429 9429 9470 9470 c8e9"))).toEqual(["Hi"]);
  });

  test("backspace takes a cell away", () => {
    expect(texts(play("9429 9429 9470 9470 c8e9 94a1 94a1"))).toEqual(["H"]);
  });

  test("delete to end of row clears from the cursor on", () => {
    expect(texts(play("9429 9429 9470 9470 c8e9 9470 9470 97a1 97a1 94a4 94a4"))).toEqual(["H"]);
  });

  test("the other channel and text mode do not show", () => {
    expect(texts(play("1c20 1c20 1cae 1cae 1c70 1c70 c8e9 1c2f 1c2f"))).toEqual([]);
    expect(texts(play("94ab 94ab c8e9"))).toEqual([]);
    expect(texts(play("9429 9429 9470 9470 c8e9 1c20 1c20 f9ef 9429 9429"))).toEqual(["Hi"]);
  });
});

describe("files as other programs write them", () => {
  const caption = "9420 9420 94ae 94ae 9470 9470 c8e9 942f 942f";

  test.each([
    ["LF", scc(`00:00:01;00\t${caption}`)],
    ["CRLF", scc(`00:00:01;00\t${caption}`).replaceAll("\n", "\r\n")],
    ["a byte-order mark", `\uFEFF${scc(`00:00:01;00\t${caption}`)}`],
    ["upper case", scc(`00:00:01;00\t${caption.toUpperCase()}`)],
    ["no blank lines", `Scenarist_SCC V1.0\n00:00:01;00\t${caption}`],
    ["spaces for the tab", scc(`00:00:01;00  ${caption}`)],
    ["a comma before the frames", scc(`00:00:01,00\t${caption}`)],
    ["trailing spaces", scc(`00:00:01;00\t${caption}  `)],
    ["codes sent once", scc("00:00:01;00\t9420 94ae 9470 c8e9 942f")],
  ])("%s", (_name, text) => {
    const cues = toCues(decodeScc(parseScc(text)));
    expect(cues).toHaveLength(1);
    expect(cues[0]?.lines).toEqual(["Hi"]);
  });

  test("a file that begins in hour 1 is timed from hour 1", () => {
    const file = parseScc(scc(`01:00:10;00\t${caption}`, "01:00:12;00\t942c 942c"));
    const [cue] = toCues(decodeScc(file), findProgramStart(file));
    // The flip is the eighth word of its line.
    expect(cue?.startMs).toBe(10_244);
    expect(cue?.endMs).toBe(12_012);
  });

  test("a caption that is never erased ends", () => {
    const [seen] = decodeScc(parseScc(scc(`00:00:01;00\t${caption}`)));
    expect(seen && seen.endFrame - seen.startFrame).toBeGreaterThan(60);
  });

  test("lines that overlap are sent one after the other", () => {
    const file = parseScc(scc(`00:00:01;00\t${caption}`, `00:00:01;02\t${caption}`));
    expect(decodeScc(file).map(({ startFrame }) => startFrame)).toEqual([37, 46]);
  });

  test("what is not SCC is named, and the rest is read", () => {
    const file = parseScc(scc("hello", `00:00:01;00\t${caption} zzzz`, "99:99:99;99\t9420"));
    expect(file.defects.map(({ kind }) => kind)).toEqual(["timecode", "word", "timecode"]);
    expect(file.lines).toHaveLength(1);
  });
});

describe("files as they are found", () => {
  const toCueLines = (...lines: readonly string[]): readonly (readonly string[])[] =>
    toCues(decodeScc(parseScc(scc(...lines)))).map((cue) => cue.lines);
  const one = "9425 9425 94ad 94ad 9470 9470 efee e580";
  const popOn = "9420 9420 94ae 94ae 9470 9470 c8e9";

  test.each([
    ["pop-on", `${popOn} 942c 942c 942f 942f`],
    ["an erase in pop-on", "9420 9420 942c 942c"],
    ["an erase in paint-on", "9429 9429 942c 942c"],
  ])("the last roll-up line is there when %s follows", (_name, after) => {
    expect(toCueLines(`00:00:01;00\t${one}`, `00:00:05;00\t${after}`)[0]).toEqual(["one"]);
  });

  test("a smaller depth trims the window", () => {
    const line = (hex: string): string => `94a7 94a7 94ad 94ad 9470 9470 ${hex}`;
    const screen = play([line("efee e580"), line("f4f7 ef80"), line("f468 f2e5 e580"), "9425 9425"].join(" "));
    expect(texts(screen)).toEqual(["two", "three"]);
  });

  test("text mode leaves the captions alone", () => {
    expect(texts(play(`${one} 942a 942a c8e9 9425 9425`))).toEqual(["one"]);
  });

  test("one wrong label spoils one caption", () => {
    const at = (label: string): string => `${label}\t${popOn} 942f 942f`;
    const read = toCues(
      decodeScc(parseScc(scc(at("00:00:05;00"), at("10:00:11;00"), at("00:00:14;00"), at("00:00:20;00")))),
    );
    expect(read.map(({ startMs }) => Math.round(startMs / 1000))).toEqual([5, 14, 20, 36_011]);
  });

  test("labels with other separators count by the frame rate, drop-frame at 29.97 alone", () => {
    const file = parseScc(scc(`01:30:05.00\t${popOn} 942f 942f`));
    const [caption] = decodeScc(file, { rate: { numerator: 25, denominator: 1, nominal: 25 } });
    expect(caption?.startFrame).toBe((90 * 60 + 5) * 25 + 7);
  });
});

describe("agreement with hls.js", () => {
  test("on all 480 positions", async () => {
    const { preambleAddress, tabOffset } = await import("../../../electron/captions/cea608/codes.ts");
    const { addParity } = await import("../../../electron/captions/cea608/parity.ts");
    const hex = (word: number): string => addParity(word).toString(16).padStart(4, "0");
    for (let row = 1; row <= 15; row++) {
      for (let column = 0; column < 32; column++) {
        const indent = Math.floor(column / 4) * 4;
        const tab = column > indent ? ` ${hex(tabOffset(column - indent))} ${hex(tabOffset(column - indent))}` : "";
        const address = hex(preambleAddress(row, indent));
        const file = parseScc(
          scc(`00:00:01;00\t9420 9420 94ae 94ae ${address} ${address}${tab} 5880 942f 942f`, "00:00:03;00\t942c 942c"),
        );
        const expected = [{ row, column, text: "X" }];
        expect(decodeScc(file)[0]?.rows).toEqual(expected);
        expect((await decodeWithHls(file))[0]?.rows).toEqual(expected);
      }
    }
  });

  test("on every character", async () => {
    const { decodeCharacter } = await import("../../../electron/captions/cea608/characters.ts");
    const { encodeScc } = await import("../../../electron/captions/scc/encode.ts");
    for (let code = 0x20; code < 0x1340; code++) {
      const character = decodeCharacter(code);
      if (character === undefined || character.trim() === "") continue;
      const { text, notes } = encodeScc([{ startMs: 3_000, endMs: 5_000, lines: [`a${character}b`] }]);
      expect(notes.filter(({ kind }) => kind === "lost-character")).toEqual([]);
      const file = parseScc(text);
      const ours = decodeScc(file)[0]?.rows[0]?.text ?? "";
      const theirs = (await decodeWithHls(file))[0]?.rows[0]?.text ?? "";
      expect([...theirs].map((glyph) => hlsGlyphs[glyph] ?? glyph).join("")).toBe(ours);
    }
  });
});
