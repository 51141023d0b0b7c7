import { existsSync, linkSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Cue } from "../../electron/captions/cue.ts";
import { writeCaptions } from "../../electron/captions/formats/write.ts";
import type { Issue } from "../../electron/captions/quality/issue.ts";
import { encodeScc } from "../../electron/captions/scc/encode.ts";
import { shippedModelsFolder } from "../../electron/speech/models/found-models.ts";
import { cue, srt } from "../support/captions/cues.ts";
import { sampleScript, sampleVideo } from "../support/paths.ts";
import { archivist } from "../support/process/archivist.ts";
import { temporaryFolder } from "../support/temporary.ts";

describe("captions convert", () => {
  test.each(["scc", "vtt", "txt", "json", "srt"])("SRT to %s", async (format) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "in.srt"), srt);
    const result = await archivist(["captions", "convert", "in.srt", `out.${format}`], { cwd: folder });
    expect(result).toMatchObject({ code: 0, stderr: "" });
    expect(result.stdout).toMatch(/2 captions/);
    expect(readFileSync(join(folder, `out.${format}`), "utf8")).toContain(
      format === "scc" ? "Scenarist_SCC" : "quorum",
    );
  });

  test("to SCC and back keeps text and times to the frame", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "in.srt"), srt);
    await archivist(["captions", "convert", "in.srt", "there.scc"], { cwd: folder });
    await archivist(["captions", "convert", "there.scc", "back.srt"], { cwd: folder });
    // The nearest frame of 30000/1001 to 2.000, 4.000, 5.000 and 7.500 seconds.
    expect(readFileSync(join(folder, "back.srt"), "utf8")).toBe(
      srt
        .replace("02,000", "02,002")
        .replace("04,000", "04,004")
        .replace("05,000", "05,005")
        .replace("07,500", "07,508"),
    );
  });

  test("reads a file in Windows-1252 and one in UTF-16", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "latin.srt"), Buffer.from(srt.replace("quorum", "Pe\xf1a"), "latin1"));
    writeFileSync(join(folder, "wide.srt"), Buffer.from(`\uFEFF${srt.replace("quorum", "Peña")}`, "utf16le"));
    for (const name of ["latin", "wide"]) {
      await archivist(["captions", "convert", `${name}.srt`, `${name}.vtt`], { cwd: folder });
      expect(readFileSync(join(folder, `${name}.vtt`), "utf8")).toContain("Peña");
    }
  });

  test("says what had to be changed", async () => {
    const folder = temporaryFolder();
    writeFileSync(
      join(folder, "in.srt"),
      "1\n00:00:05,000 --> 00:00:09,000\nThis line has far more than thirty-two characters 漢\n",
    );
    const result = await archivist(["captions", "convert", "in.srt", "out.scc"], { cwd: folder });
    expect(result.code).toBe(0);
    expect(result.stderr).toMatch(/does not fit the caption screen, and is cut anew/);
    expect(result.stderr).toMatch(/no code for "漢"/);
  });

  test.each<[string, string, string, RegExp]>([
    ["a file that is missing", "missing.srt", "out.scc", /no such file/],
    ["a file that is empty", "empty.srt", "out.scc", /the file is empty/],
    ["a file without captions", "prose.srt", "out.scc", /there are no captions in this file/],
    ["a folder", "folder.srt", "out.scc", /this is a folder/],
    ["a name that says nothing", "in.srt", "out.doc", /not a caption format that Archivist knows/],
    ["a folder that is not there", "in.srt", "nowhere/out.scc", /the folder is not there/],
    ["a pipe", "/dev/null", "out.scc", /this is not a file but a pipe or device/],
  ])("%s is an error with a remedy, and nothing is written", async (_name, from, to, says) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "in.srt"), srt);
    writeFileSync(join(folder, "empty.srt"), "");
    writeFileSync(join(folder, "prose.srt"), "These are the minutes.");
    mkdirSync(join(folder, "folder.srt"));
    const result = await archivist(["captions", "convert", from, to], { cwd: folder });
    expect(result.code).toBe(1);
    expect(result.stderr).toMatch(says);
    expect(result.stderr.trim().split("\n")).toHaveLength(1);
    expect(existsSync(join(folder, to))).toBe(false);
  });

  test("a meeting that crosses midnight is written, and read back in its order", async () => {
    const folder = temporaryFolder();
    writeFileSync(
      join(folder, "in.srt"),
      srt.replaceAll("00:00:0", "23:59:5").replaceAll("23:59:55", "24:00:05").replaceAll("23:59:57", "24:00:07"),
    );
    const written = await archivist(["captions", "convert", "in.srt", "out.scc"], { cwd: folder });
    expect(written.code).toBe(0);
    expect(readFileSync(join(folder, "out.scc"), "utf8")).toMatch(/\n00:00:0[45];/);
    expect((await archivist(["captions", "convert", "out.scc", "back.srt"], { cwd: folder })).code).toBe(0);
    expect(readFileSync(join(folder, "back.srt"), "utf8")).toMatch(
      /23:59:52[\s\S]*Roll call[\s\S]*24:00:0[45][\s\S]*quorum/,
    );
  });

  test("an SCC file without its first line is read, and that is told", async () => {
    const folder = temporaryFolder();
    const data = "00:00:05;00\t9420 9420 9470 9470 4669 7273 f480 942f 942f\n\n00:00:08;00\t942c 942c\n";
    writeFileSync(join(folder, "in.scc"), data);
    const { code, stderr } = await archivist(["captions", "convert", "in.scc", "out.srt"], { cwd: folder });
    expect(code).toBe(0);
    expect(stderr).toMatch(/line 1: error: the first line is not the header of an SCC file/);
    expect(readFileSync(join(folder, "out.srt"), "utf8")).toContain("First");
  });

  test("a byte-order mark before SCC is told, and the file is read", async () => {
    const folder = temporaryFolder();
    writeFileSync(
      join(folder, "in.scc"),
      `\uFEFF${encodeScc([{ startMs: 5_000, endMs: 8_000, lines: ["Roll call."] }]).text}`,
    );
    const checked = await archivist(["captions", "check", "in.scc"], { cwd: folder });
    expect(checked.code).toBe(1);
    expect(checked.stdout).toMatch(/line 1: error: a byte-order mark stands before the header \[header\]/);
    expect((await archivist(["captions", "convert", "in.scc", "out.scc"], { cwd: folder })).code).toBe(0);
    expect((await archivist(["captions", "check", "out.scc"], { cwd: folder })).code).toBe(0);
  });

  test("a file is never written over itself, whatever it is called", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "in.srt"), srt);
    linkSync(join(folder, "in.srt"), join(folder, "IN.vtt"));
    for (const target of ["./in.srt", "IN.vtt"]) {
      const result = await archivist(["captions", "convert", "in.srt", target, "--force"], { cwd: folder });
      expect(result.code).toBe(2);
    }
    expect(readFileSync(join(folder, "in.srt"), "utf8")).toBe(srt);
  });

  test("a file that is there is written over only with --force", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "in.srt"), srt);
    writeFileSync(join(folder, "hand.scc"), "corrected by hand");
    const refused = await archivist(["captions", "convert", "in.srt", "hand.scc"], { cwd: folder });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/hand\.scc: there is a file of this name already\. .*--force/);
    expect(readFileSync(join(folder, "hand.scc"), "utf8")).toBe("corrected by hand");
    const forced = await archivist(["captions", "convert", "in.srt", "hand.scc", "--force"], { cwd: folder });
    expect(forced.code).toBe(0);
    expect(readFileSync(join(folder, "hand.scc"), "utf8")).toMatch(/^Scenarist_SCC/);
  });

  test("what could not be read is counted, and fails the command; the rest is written", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "in.srt"), srt.replace("00:00:02", "-0:00:02"));
    const result = await archivist(["captions", "convert", "in.srt", "out.scc"], { cwd: folder });
    expect(result.code).toBe(1);
    expect(result.stderr).toMatch(/line 2: error: the times cannot be read/);
    expect(result.stderr).toMatch(/in\.srt: 1 part of it could not be read and is missing/);
    expect(result.stdout).toMatch(/out\.scc: 1 caption$/m);
  });

  test("overlapping captions, captions out of order and words longer than a line become SCC with every word", async () => {
    const folder = temporaryFolder();
    const block = (start: number, end: number, text: string): string =>
      `00:00:${String(start).padStart(2, "0")},000 --> 00:00:${String(end).padStart(2, "0")},000\n${text}\n\n`;
    const long = "The council will now hear from the public works department about the street project and its cost.";
    const blocks = [
      block(20, 24, "See https://www.example.org/agenda/packets/2026/november"),
      block(2, 8, long),
      block(3, 10, "A second speaker."),
    ];
    writeFileSync(join(folder, "in.srt"), blocks.join(""));
    const result = await archivist(["captions", "convert", "in.srt", "out.scc"], { cwd: folder });
    expect(result.code).toBe(0);
    expect(result.stderr).toMatch(/00:00:02.*: warning: 1 × a caption that begins before the one above it/);
    expect(result.stderr).toMatch(/00:00:02.*: warning: 1 × a caption that ends after the next one begins/);
    await archivist(["captions", "convert", "out.scc", "back.txt"], { cwd: folder });
    const text = readFileSync(join(folder, "back.txt"), "utf8")
      .replace(/\[.*?\]/g, "")
      .replace(/\s+/g, "");
    expect(text).toBe(
      `${long}A second speaker.See https://www.example.org/agenda/packets/2026/november`.replace(/\s+/g, ""),
    );
  });
});

describe("captions convert, the formats of stations", () => {
  test.each(["mcc", "stl", "sbv", "itt", "dfxp", "xml"])("SRT to %s and back keeps the text", async (format) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "in.srt"), srt);
    const there = await archivist(["captions", "convert", "in.srt", `there.${format}`], { cwd: folder });
    expect(there).toMatchObject({ code: 0, stderr: "" });
    const back = await archivist(["captions", "convert", `there.${format}`, "back.srt"], { cwd: folder });
    expect(back).toMatchObject({ code: 0, stderr: "" });
    const text = (file: string): string =>
      readFileSync(join(folder, file), "utf8").replace(/\d\d:\d\d:\d\d,\d{3}/g, "");
    expect(text("back.srt")).toBe(text("in.srt"));
  });

  test("SCC to MCC and back keeps start, labels, channel and every word", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "in.srt"), srt);
    const options = ["--start", "01:00:00:00", "--non-drop-frame", "--channel", "3"];
    await archivist(["captions", "convert", "in.srt", "in.scc", ...options], { cwd: folder });
    await archivist(["captions", "convert", "in.scc", "there.mcc", "--non-drop-frame"], { cwd: folder });
    expect(readFileSync(join(folder, "there.mcc"), "utf8")).toMatch(/Time Code Rate=30\r\n\r\n01:00:00:00\t/);
    await archivist(["captions", "convert", "there.mcc", "back.scc"], { cwd: folder });
    expect(readFileSync(join(folder, "back.scc"), "utf8")).toBe(readFileSync(join(folder, "in.scc"), "utf8"));
    const checked = await archivist(["captions", "check", "there.mcc", "--json"], { cwd: folder });
    expect(JSON.parse(checked.stdout)).toMatchObject({ format: "mcc", captions: 2, errors: 0 });
  });

  test("what the new format has no place for is told", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "in.srt"), srt.replace("Roll call, please.", "{\\an8}<i>Roll call, please.</i>"));
    const result = await archivist(["captions", "convert", "in.srt", "out.sbv"], { cwd: folder });
    expect(result.code).toBe(0);
    expect(result.stderr).toMatch(/not kept: 1 × italics, underline or colors/);
    expect(result.stderr).toMatch(/not kept: 1 × a place at the top/);
  });

  test("--frame-rate is the rate of MicroDVD, which does not say it", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "in.sub"), "{25}{50}Roll call, please.\n");
    const assumed = await archivist(["captions", "convert", "in.sub", "assumed.srt"], { cwd: folder });
    expect(assumed.stderr).toMatch(/does not say its frame rate; 23\.976/);
    const asked = await archivist(["captions", "convert", "in.sub", "asked.srt", "--frame-rate", "25"], {
      cwd: folder,
    });
    expect(asked.stderr).toBe("");
    expect(readFileSync(join(folder, "asked.srt"), "utf8")).toContain("00:00:01,000 --> 00:00:02,000");
  });
});

describe("captions convert, to broadcast", () => {
  const convert = async (...options: readonly string[]) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "in.srt"), srt);
    const result = await archivist(["captions", "convert", "in.srt", "out.scc", ...options], { cwd: folder });
    const written = existsSync(join(folder, "out.scc")) ? readFileSync(join(folder, "out.scc"), "utf8") : "";
    return { ...result, folder, written };
  };

  test("--start 01:00:00:00 writes labels of hour one, and reading says what it takes for the start", async () => {
    const { code, written, folder } = await convert("--start", "01:00:00:00");
    expect(code).toBe(0);
    expect(written).toMatch(/^01:00:01;\d\d\t/m);
    const back = await archivist(["captions", "convert", "out.scc", "back.srt"], { cwd: folder });
    expect(back.stderr).toMatch(/taken for the start of the program/);
    expect(readFileSync(join(folder, "back.srt"), "utf8")).toMatch(/00:00:02,002 --> /);
    await archivist(["captions", "convert", "out.scc", "as-is.srt", "--start", "00:00:00:00"], { cwd: folder });
    expect(readFileSync(join(folder, "as-is.srt"), "utf8")).toMatch(/01:00:01,998 --> /);
  });

  test.each([
    [["--non-drop-frame"], /^00:00:0\d:\d\d\t/m],
    [["--frame-rate", "25"], /^00:00:0\d:\d\d\t/m],
    [["--mode", "roll-up-3"], /9426 9426 94ad 94ad/],
    [["--mode", "paint-on"], /9429 9429/],
    [["--channel", "2"], /1c20 1c20/],
    [["--offset", "+00:01:00:00"], /^00:01:0\d;\d\d\t/m],
  ])("%j", async (options, expected) => {
    const { code, written } = await convert(...options);
    expect(code).toBe(0);
    expect(written).toMatch(expected);
  });

  test("captions that an offset moves before the start are counted, and the command fails", async () => {
    const { code, stderr, stdout } = await convert("--offset", "-00:00:04:15");
    expect(code).toBe(1);
    expect(stderr).toMatch(/1 caption would end before the program begins/);
    expect(stdout).toMatch(/1 caption$/m);
  });

  test.each([
    [["--frame-rate", "29"], /not a frame rate of captions/],
    [["--channel", "5"], /not a caption channel/],
    [["--mode", "karaoke"], /Allowed choices/],
    [["--start", "soon"], /not a timecode/],
    [["--start", "00:01:00;00"], /does not exist/],
  ])("%j is wrong usage", async (options, says) => {
    const { code, stderr, written } = await convert(...options);
    expect(code).toBe(2);
    expect(stderr).toMatch(says);
    expect(written).toBe("");
  });

  test("--json gives what was done to the captions", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "in.srt"), srt.replace("00:00:02,000", "00:00:00,000"));
    const { stdout } = await archivist(["captions", "convert", "in.srt", "out.scc", "--json"], { cwd: folder });
    expect(JSON.parse(stdout)).toMatchObject({
      status: "completed",
      captions: 2,
      notes: expect.arrayContaining([expect.objectContaining({ kind: "late", atMs: 0 })]),
    });
  });

  test("SCC to SCC keeps start, labels, channel and mode, unless it is said otherwise", async () => {
    const form = ["--start", "01:00:00:00", "--non-drop-frame", "--channel", "3", "--mode", "roll-up-3"];
    const { folder, written } = await convert(...form);
    const again = async (name: string, ...options: readonly string[]): Promise<string> => {
      await archivist(["captions", "convert", "out.scc", name, ...options], { cwd: folder });
      return readFileSync(join(folder, name), "utf8");
    };
    expect(await again("same.scc")).toBe(written);
    const other = await again("other.scc", "--start", "00:00:00:00", "--channel", "1", "--mode", "pop-on");
    expect(other).toMatch(/^00:00:0\d:\d\d\t9420 9420/m);
  });

  test("a non-drop-frame file is read by its own labels, whatever is said about its start", async () => {
    const { folder } = await convert("--start", "01:00:00:00", "--non-drop-frame");
    await archivist(["captions", "convert", "out.scc", "back.srt", "--start", "01:00:00:00"], { cwd: folder });
    expect(readFileSync(join(folder, "back.srt"), "utf8")).toMatch(/^00:00:02,002 --> 00:00:04,004/m);
    const shown = await archivist(["captions", "show", "out.scc", "--at", "01:00:03:00"], { cwd: folder });
    expect(shown.stdout).toMatch(/Roll call, please\./);
  });

  test("the setting for merged captions counts", async () => {
    const folder = temporaryFolder();
    const long = "A full line of thirty-two chars.\r\nAnd the second one is as long ok";
    writeFileSync(
      join(folder, "in.srt"),
      `1\n00:00:05,000 --> 00:00:05,400\nYes.\n\n2\n00:00:05,400 --> 00:00:08,000\n${long}\n`,
    );
    const run = (lines: string) =>
      archivist(["captions", "convert", "in.srt", `${lines}.scc`], {
        cwd: folder,
        env: { ARCHIVIST_CAPTIONS_MAX_MERGED_LINES: lines },
      });
    expect((await run("2")).stderr).toMatch(/shown up to three quarters of a second early/);
    expect((await run("4")).stderr).toMatch(/shown together with the captions beside it/);
  });

  test("captions that are more than two seconds late fail it, with how many, how late, where and what helps", async () => {
    const folder = temporaryFolder();
    const rows = ["abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"] as const;
    const cues = Array.from({ length: 60 }, (_, index) =>
      cue(
        5_000 + index * 1_100,
        6_100 + index * 1_100,
        rows[0],
        `${rows[1].slice(2)}${String(index).padStart(2, "0")}`,
      ),
    );
    writeFileSync(join(folder, "in.srt"), writeCaptions("srt", { cues, words: [] }));
    const late = await archivist(["captions", "convert", "in.srt", "out.scc"], { cwd: folder });
    expect(late.code).toBe(1);
    expect(late.stderr).toMatch(
      /out\.scc: \d+ captions come more than 2\.00 s late, at worst \d\.\d\d s, in the stretch that begins at 00:00:\d\d\.\d{3}/,
    );
    expect(late.stderr).toMatch(/error: .*\[impossible-load\] Allow four rows .*paint-on/);
    // It is written all the same: late captions are better than none.
    expect(readFileSync(join(folder, "out.scc"), "utf8")).toMatch(/^Scenarist_SCC V1\.0/);
    const json = await archivist(["captions", "convert", "in.srt", "out.scc", "--force", "--json"], { cwd: folder });
    expect(json.code).toBe(1);
    expect(JSON.parse(json.stdout)).toMatchObject({
      status: "late",
      notes: expect.arrayContaining([expect.objectContaining({ kind: "too-dense", cause: "pace" })]),
    });
    const remedied = await archivist(["captions", "convert", "in.srt", "out.scc", "--force", "--mode", "paint-on"], {
      cwd: folder,
    });
    expect(remedied.code).toBe(0);
  });

  test("what a format has no place for is told", async () => {
    const folder = temporaryFolder();
    writeFileSync(
      join(folder, "in.vtt"),
      "WEBVTT\n\n00:01.000 --> 00:03.000\n<v Mayor>Order, <b>please</b>.\n\nNOTE x\n",
    );
    const result = await archivist(["captions", "convert", "in.vtt", "out.srt"], { cwd: folder });
    expect(result.code).toBe(0);
    for (const told of [/1 × NOTE/, /1 × bold text/, /1 caption of the old file with a speaker/])
      expect(result.stderr).toMatch(told);
  });

  test.each([
    ["none", ["Order, please.", "Here."]],
    ["arrows", [">> Order, please.", ">> Here."]],
    ["names", [">> MAYOR: Order, please.", ">> CLERK: Here."]],
  ])("speakers are written into SCC as --speakers %s asks, and once only", async (speakers, lines) => {
    const folder = temporaryFolder();
    writeFileSync(
      join(folder, "in.vtt"),
      "WEBVTT\n\n00:05.000 --> 00:07.000\n<v Mayor>Order, please.\n\n00:09.000 --> 00:11.000\n<v Clerk>Here.\n",
    );
    const convert = (from: string, to: string) =>
      archivist(["captions", "convert", from, to, "--speakers", speakers], { cwd: folder });
    expect((await convert("in.vtt", "out.scc")).code).toBe(0);
    expect((await convert("out.scc", "again.scc")).code).toBe(0);
    expect((await convert("again.scc", "out.srt")).code).toBe(0);
    const text = readFileSync(join(folder, "out.srt"), "utf8");
    expect(text.split("\r\n").filter((line) => /[a-z]/.test(line))).toEqual(lines);
  });

  test("the code page that was assumed is told, and the start that was found; --start says otherwise", async () => {
    const folder = temporaryFolder();
    const late = srt.replaceAll("00:00:0", "01:00:0").replace("We have a quorum.", "Добрый день, открываем заседание");
    const bytes = [...late].map((character) =>
      character > "~" ? (character.codePointAt(0) ?? 0) - 0x350 : character.charCodeAt(0),
    );
    writeFileSync(join(folder, "in.srt"), Buffer.from(bytes));
    const found = await archivist(["captions", "convert", "in.srt", "out.vtt"], { cwd: folder });
    expect(found.stderr).toMatch(/it was read as Windows-1251 \(Cyrillic\)/);
    expect(found.stderr).toMatch(/begins shortly after 01:00:00/);
    expect(readFileSync(join(folder, "out.vtt"), "utf8")).toMatch(
      /00:00:05.000 --> 00:00:07.500\nДобрый день, открываем заседание/,
    );
    await archivist(["captions", "convert", "in.srt", "said.vtt", "--start", "00:00:00"], { cwd: folder });
    expect(readFileSync(join(folder, "said.vtt"), "utf8")).toMatch(/01:00:05.000 --> 01:00:07.500/);
  });

  test("TTML there and back", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "in.srt"), srt);
    expect((await archivist(["captions", "convert", "in.srt", "out.ttml"], { cwd: folder })).code).toBe(0);
    expect((await archivist(["captions", "convert", "out.ttml", "back.srt"], { cwd: folder })).code).toBe(0);
    expect(readFileSync(join(folder, "back.srt"), "utf8")).toBe(srt);
  });
});

describe("captions show", () => {
  test("draws the screen at a timecode or a time", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "in.srt"), srt);
    await archivist(["captions", "convert", "in.srt", "out.scc"], { cwd: folder });
    for (const [file, at] of [
      ["out.scc", "00:00:03;00"],
      ["out.scc", "00:00:03.000"],
      ["in.srt", "00:00:03.000"],
    ] as const) {
      const { code, stdout } = await archivist(["captions", "show", file, "--at", at], { cwd: folder });
      expect(code).toBe(0);
      const rows = stdout.trimEnd().split("\n");
      expect(rows).toHaveLength(17);
      expect(rows[15]).toBe("15 |       Roll call, please.       |");
    }
    const empty = await archivist(["captions", "show", "out.scc", "--at", "00:00:04;15"], { cwd: folder });
    expect(empty.stdout).not.toMatch(/[a-z]/i);
    const json = await archivist(["captions", "show", "out.scc", "--at", "00:00:03;00", "--json"], { cwd: folder });
    expect(JSON.parse(json.stdout)).toMatchObject({ frame: 90, rows: [{ row: 15, text: "Roll call, please." }] });
  });
});

describe("captions check", () => {
  test("holds captions against the recording and a profile", async () => {
    const folder = temporaryFolder();
    writeFileSync(
      join(folder, "in.srt"),
      srt.replace("00:00:05,000 --> 00:00:07,500", "00:03:05,000 --> 00:03:06,000"),
    );
    const plain = await archivist(["captions", "check", "in.srt"], { cwd: folder });
    expect(plain.code).toBe(0);
    const against = await archivist(
      ["captions", "check", "in.srt", "--media", sampleVideo, "--profile", "dcmp", "--json"],
      {
        cwd: folder,
      },
    );
    expect(against.code).toBe(1);
    const { issues, score } = JSON.parse(against.stdout) as { issues: { rule: string }[]; score: { passed: boolean } };
    expect(issues.map(({ rule }) => rule)).toEqual(expect.arrayContaining(["beyond-end", "too-short"]));
    expect(score.passed).toBe(false);
  });

  test("tells when labels and recording do not go together", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "in.srt"), srt);
    await archivist(["captions", "convert", "in.srt", "drop.scc"], { cwd: folder });
    await archivist(["captions", "convert", "in.srt", "non-drop.scc", "--non-drop-frame"], { cwd: folder });
    const check = async (file: string, ...options: readonly string[]): Promise<string> =>
      (await archivist(["captions", "check", file, "--media", sampleVideo, ...options], { cwd: folder })).stdout;
    expect(await check("drop.scc")).not.toMatch(/timecode-style|frame-rate/);
    expect(await check("non-drop.scc")).toMatch(/non-drop-frame: they fall behind the clock.*\[timecode-style\]/);
    expect(await check("non-drop.scc", "--frame-rate", "25")).toMatch(/29\.97 frames a second.*25\.00.*\[frame-rate\]/);
  });

  test("finds speech in the recording that has no captions, and says how speech was found", async () => {
    const folder = temporaryFolder();
    const { lines } = JSON.parse(readFileSync(sampleScript, "utf8")) as {
      lines: readonly { readonly text: string; readonly startMs: number; readonly endMs: number }[];
    };
    // Two sentences of the meeting are missing.
    const [from, until] = [lines[6]?.startMs ?? 0, lines[7]?.endMs ?? 0];
    const write = (name: string, cues: readonly Cue[]): void =>
      writeFileSync(join(folder, name), writeCaptions("srt", { cues, words: [] }));
    const cues = lines.map(({ text, startMs, endMs }) => ({ startMs, endMs, lines: [text] }));
    write("whole.srt", cues);
    write(
      "gap.srt",
      cues.filter(({ startMs }) => startMs < from || startMs >= until),
    );
    const check = (file: string, ...options: readonly string[]) =>
      archivist(["captions", "check", file, "--media", sampleVideo, ...options], {
        cwd: folder,
        dataFolder: folder,
        env: { ARCHIVIST_SPEECH_VOICE_DETECTION: detection },
      });
    let detection = "energy";
    const rulesOf = (stdout: string) => JSON.parse(stdout) as { speech: object; issues: readonly Issue[] };
    const whole = rulesOf((await check("whole.srt", "--json")).stdout);
    expect(whole.speech).toMatchObject({ found_by: "energy", network: null, seconds: expect.any(Number) });
    expect(whole.issues.filter(({ rule }) => rule === "speech-without-caption")).toEqual([]);
    const plain = await check("gap.srt");
    expect(plain.code).toBe(1);
    expect(plain.stdout).toMatch(/s of speech in the recording, found by loudness/);
    expect(plain.stdout).toMatch(/–00:00:\d\d\.\d{3}: error: \d+ s of sound that may be speech without a caption/);
    // With the network that finds speech, it is that.
    detection = "auto";
    const { speech, issues } = rulesOf((await check("gap.srt", "--json")).stdout);
    expect(speech).toMatchObject({ found_by: "silero", network: "silero-v6.2.0" });
    const gaps = issues.filter(({ rule }) => rule === "speech-without-caption");
    expect(gaps).toMatchObject([
      { severity: "error", message: expect.stringMatching(/^\d+ s of speech without a caption$/) },
    ]);
    expect(Math.abs((gaps[0]?.atMs ?? 0) - from)).toBeLessThan(1_000);
    expect(Math.abs((gaps[0]?.untilMs ?? 0) - until)).toBeLessThan(1_000);
    // A broken one of the same name in the station's own folder.
    mkdirSync(join(folder, "models"));
    const shipped = readFileSync(join(shippedModelsFolder, "ggml-silero-v6.2.0.bin"));
    writeFileSync(join(folder, "models", "ggml-silero-v6.2.0.bin"), shipped.subarray(0, 200_000));
    const broken = await check("gap.srt");
    expect(broken.stderr).toMatch(/silero-v6\.2\.0 cannot be used .* loudness tells where speech is/);
    expect(broken.stdout).toMatch(/found by loudness/);
  });

  test("of a clean file finds nothing", async () => {
    const path = join(temporaryFolder(), "clean.scc");
    writeFileSync(path, encodeScc([{ startMs: 5_000, endMs: 8_000, lines: ["Roll call, please."] }]).text);
    const result = await archivist(["captions", "check", path]);
    expect(result).toMatchObject({ code: 0 });
    expect(result.stdout).toMatch(/1 caption, 0 errors, 0 warnings/);
  });

  test("of one without captions is no score of one", async () => {
    const path = join(temporaryFolder(), "empty.scc");
    writeFileSync(path, "Scenarist_SCC V1.0\n\n");
    const { code, stdout } = await archivist(["captions", "check", path]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/error: there are no captions in this file/);
    expect(stdout).toMatch(/^Score 0\.00, not passed/m);
  });

  test("of a broken one names line, rule and reason, and fails", async () => {
    const path = join(temporaryFolder(), "broken.scc");
    writeFileSync(path, "Scenarist_SCC V1.0\n\n00:01:00;00 9420 9420\n");
    const result = await archivist(["captions", "check", path]);
    expect(result.code).toBe(1);
    expect(result.stdout).toMatch(/^line 3: error: .* \[tab\] Put one tab/m);
    expect(result.stdout).toMatch(
      /^line 3: error: the timecode 00:01:00;00 does not exist \[label\] Use the next label/m,
    );
    const json = JSON.parse((await archivist(["captions", "check", path, "--json"])).stdout) as {
      errors: number;
      issues: unknown[];
    };
    // The tab, the timecode, and that there are no captions.
    expect(json.errors).toBe(3);
  });
});
