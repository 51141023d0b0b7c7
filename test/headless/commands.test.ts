import { execFileSync, spawn, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, linkSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { encodeScc } from "../../electron/captions/scc/encode.ts";
import { printable, spokenDuration } from "../../electron/headless/print.ts";
import { bar, progressLine, showProgress } from "../../electron/headless/progress.ts";
import { userFolder } from "../../electron/headless/user-paths.ts";
import { archivist, startArchivist } from "../support/archivist.ts";
import { demoModel, projectRoot, sampleVideo } from "../support/places.ts";
import { runNode } from "../support/run-node.ts";
import { temporaryFolder } from "../support/temporary.ts";

const srt =
  "1\r\n00:00:02,000 --> 00:00:04,000\r\nRoll call, please.\r\n\r\n2\r\n00:00:05,000 --> 00:00:07,500\r\nWe have a quorum.\r\n\r\n";

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
    ["a time beyond timecode", "late.srt", "out.scc", /beyond 24 hours, where timecode ends/],
  ])("%s is an error with a remedy, and nothing is written", async (_name, from, to, says) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "in.srt"), srt);
    writeFileSync(join(folder, "empty.srt"), "");
    writeFileSync(join(folder, "prose.srt"), "These are the minutes.");
    mkdirSync(join(folder, "folder.srt"));
    writeFileSync(join(folder, "late.srt"), srt.replaceAll("00:00:0", "24:00:0"));
    const result = await archivist(["captions", "convert", from, to], { cwd: folder });
    expect(result.code).toBe(1);
    expect(result.stderr).toMatch(says);
    expect(result.stderr.trim().split("\n")).toHaveLength(1);
    expect(existsSync(join(folder, to))).toBe(false);
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
    await archivist(["captions", "convert", "out.scc", "back.txt"], { cwd: folder });
    const text = readFileSync(join(folder, "back.txt"), "utf8")
      .replace(/\[.*?\]/g, "")
      .replace(/\s+/g, "");
    expect(text).toBe(
      `${long}A second speaker.See https://www.example.org/agenda/packets/2026/november`.replace(/\s+/g, ""),
    );
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
    expect(back.stderr).toMatch(/taken for the start of the programme/);
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
    expect(stderr).toMatch(/1 caption would end before the programme begins/);
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
    expect((await run("2")).stderr).toMatch(/late/);
    expect((await run("4")).stderr).toMatch(/shown together with the caption before it/);
  });

  test("what a format has no place for is told", async () => {
    const folder = temporaryFolder();
    writeFileSync(
      join(folder, "in.vtt"),
      "WEBVTT\n\n00:01.000 --> 00:03.000\n<v Mayor>Order, <c.yellow>please</c>.\n\nNOTE x\n",
    );
    const result = await archivist(["captions", "convert", "in.vtt", "out.srt"], { cwd: folder });
    expect(result.code).toBe(0);
    for (const told of [/1 × NOTE/, /1 × colours, fonts or bold text/, /1 caption of the old file with a speaker/])
      expect(result.stderr).toMatch(told);
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
    expect(await check("drop.scc")).toMatch(/0 errors, 0 warnings/);
    expect(await check("non-drop.scc")).toMatch(/non-drop-frame: they fall behind the clock.*\[timecode-style\]/);
    expect(await check("non-drop.scc", "--frame-rate", "25")).toMatch(/29\.97 frames a second.*25\.00.*\[frame-rate\]/);
  });

  test("of a clean file finds nothing", async () => {
    const path = join(temporaryFolder(), "clean.scc");
    writeFileSync(path, encodeScc([{ startMs: 5_000, endMs: 8_000, lines: ["Roll call, please."] }]).text);
    const result = await archivist(["captions", "check", path]);
    expect(result).toMatchObject({ code: 0 });
    expect(result.stdout).toMatch(/1 caption, 0 errors, 0 warnings/);
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
    expect(json.errors).toBe(2);
  });
});

describe("models list", () => {
  test("shows the official ones, what is here, and where to put more", async () => {
    const dataFolder = temporaryFolder();
    mkdirSync(join(dataFolder, "models"));
    copyFileSync(demoModel, join(dataFolder, "models", "ggml-tiny.en.bin"));
    const result = await archivist(["models", "list"], { dataFolder });
    expect(result.code).toBe(0);
    expect(result.stdout).toMatch(/^base\.en \(default\) +142 +English +no$/m);
    expect(result.stdout).toMatch(/^tiny\.en .*ggml-tiny\.en\.bin$/m);
    expect(result.stdout).toMatch(/^archivist-demo-en .*for the demo only/m);
    expect(result.stdout).toContain(join(dataFolder, "models"));
    const json = JSON.parse((await archivist(["models", "list", "--json"], { dataFolder })).stdout) as {
      models: { name: string }[];
    };
    expect(json.models.length).toBeGreaterThan(15);
  });
});

describe("doctor", () => {
  const report = z.object({
    healthy: z.boolean(),
    findings: z.array(
      z.object({
        name: z.string(),
        status: z.enum(["ok", "warning", "error"]),
        detail: z.string(),
        remedy: z.string().optional(),
      }),
    ),
  });

  test("finds this machine healthy, and notes that there is no model for real recordings", async () => {
    const dataFolder = temporaryFolder();
    const { code, stdout } = await archivist(["doctor", "--json"], { dataFolder });
    const { healthy, findings } = report.parse(JSON.parse(stdout));
    expect(code).toBe(0);
    expect(healthy).toBe(true);
    const names = findings.map(({ name }) => name);
    expect(names).toEqual([
      "Node.js",
      "Data folder",
      "Settings",
      "Catalog",
      "ffmpeg",
      "ffprobe",
      "Speech engine",
      "Demo model",
      "Speech model",
    ]);
    expect(findings.find(({ name }) => name === "Speech engine")?.detail).toMatch(/whisper\.cpp 1\.9/);
    expect(findings.find(({ name }) => name === "Speech model")).toMatchObject({
      status: "warning",
      remedy: expect.stringMatching(/Download/),
    });
    // Looking makes nothing.
    expect(existsSync(join(dataFolder, "catalog.db"))).toBe(false);
  });

  test("a wrong setting is a finding, and the others are made all the same", async () => {
    const dataFolder = temporaryFolder();
    writeFileSync(join(dataFolder, "settings.json"), '{ "speech": { "chunkMinuts": 5 } }');
    const { code, stdout } = await archivist(["doctor", "--json"], { dataFolder });
    const { findings } = report.parse(JSON.parse(stdout));
    expect(code).toBe(1);
    expect(findings.find(({ name }) => name === "Settings")).toMatchObject({
      status: "error",
      detail: expect.stringMatching(/speech\.chunkMinuts .*the nearest is speech\.chunkMinutes/),
    });
    expect(findings.find(({ name }) => name === "Speech engine")).toMatchObject({ status: "ok" });
  });

  test("names what is broken, goes on with the rest, and fails", async () => {
    const dataFolder = temporaryFolder();
    writeFileSync(join(dataFolder, "catalog.db"), "no database at all, however long it is".repeat(100));
    const { code, stdout } = await archivist(["doctor"], {
      dataFolder,
      env: { ARCHIVIST_MEDIA_FFMPEG_PATH: "/nonexistent/ffmpeg" },
    });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^WRONG +Catalog +.*cannot be opened/m);
    expect(stdout).toMatch(/^WRONG +ffmpeg +\/nonexistent\/ffmpeg: the setting media\.ffmpegPath names this file/m);
    expect(stdout).toMatch(/^ok +Speech engine/m);
  });
});

describe("the demo", () => {
  test("with --json prints one object and nothing else, and everything in it is there", async () => {
    const schema = z.strictObject({
      status: z.enum(["completed", "needs_review"]),
      steps: z.array(z.strictObject({ name: z.string(), seconds: z.number().nonnegative() })),
      files: z.array(z.strictObject({ kind: z.string(), path: z.string() })),
      word_error_rate: z.number(),
    });
    const { code, stdout, stderr } = await archivist(["demo", "--json"], { dataFolder: temporaryFolder() });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const result = schema.parse(JSON.parse(stdout));
    expect(result.steps.map(({ name }) => name)).toEqual([
      "probe",
      "decode",
      "plan",
      "transcribe",
      "caption",
      "summarise",
      "check",
      "write",
    ]);
    expect(result.files.map(({ kind }) => kind)).toEqual(["scc", "vtt", "srt", "txt", "json", "summary", "report"]);
    for (const { path } of result.files) expect(readFileSync(path, "utf8").length).toBeGreaterThan(100);
    // Its README measured 10.3 % on its recording of the same script.
    expect(result.word_error_rate).toBeLessThan(0.13);
  });

  test("for a person shows where everything is, with the first lines, and can be run again", async () => {
    const dataFolder = temporaryFolder();
    for (let round = 0; round < 2; round++) {
      const { code, stdout } = await archivist(["demo"], { dataFolder });
      expect(code).toBe(0);
      expect(stdout).toMatch(/Word error rate against its script: \d+\.\d %/);
      expect(stdout).toMatch(/Broadcast captions \(SCC\): .*demo.*sample-meeting\.scc\n {4}Scenarist_SCC V1\.0/);
      expect(stdout).toMatch(/Summary: .*\n {4}# sample-meeting/);
      expect(stdout).toMatch(/Report: /);
    }
  });

  test("that is interrupted says so and fails", async () => {
    const program = startArchivist(["demo"]);
    await program.line((line) => line.includes("Recognising"));
    expect(await program.kill("SIGINT")).toMatchObject({ code: 130 });
  });
});

describe("where the user stands", () => {
  const manifest = join(projectRoot, "package.json");

  test("is where npm was called, when npm runs our script", () => {
    expect(userFolder({ INIT_CWD: "/home/editor", npm_package_json: manifest }, projectRoot)).toBe("/home/editor");
  });

  test("is the current folder in every other case", () => {
    expect(userFolder({}, "/somewhere")).toBe("/somewhere");
    expect(userFolder({ INIT_CWD: "/home/editor", npm_package_json: "/other/package.json" }, "/somewhere")).toBe(
      "/somewhere",
    );
    expect(userFolder({ INIT_CWD: "/home/editor", npm_package_json: manifest }, "/somewhere")).toBe("/somewhere");
  });

  test("holds for `npm run archivist` from another folder", () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "in.srt"), srt);
    const npm = [
      "--prefix",
      projectRoot,
      "run",
      "--silent",
      "archivist",
      "--",
      "captions",
      "convert",
      "in.srt",
      "out.vtt",
    ];
    execFileSync("npm", npm, { cwd: folder, stdio: "pipe", env: { ...process.env, INIT_CWD: undefined } });
    expect(readFileSync(join(folder, "out.vtt"), "utf8")).toContain("quorum");
  });
});

describe("what is printed", () => {
  test.each([
    [0, "0 s"],
    [59_400, "59 s"],
    [61_000, "1 min 1 s"],
    [3_725_000, "1 h 2 min"],
  ])("%i ms is spoken as %s", (ms, text) => {
    expect(spokenDuration(ms)).toBe(text);
  });

  test("names cannot act on the terminal", () => {
    expect(printable("a\u001b[31mb\r\nc\u202ed")).toBe("a\uFFFD[31mb\uFFFD\uFFFDc\uFFFDd");
    expect(printable("Réunion 📼")).toBe("Réunion 📼");
  });

  test("a bar is full at the end and never longer", () => {
    expect(bar(0, 4)).toBe("[░░░░]");
    expect(bar(0.5, 4)).toBe("[██░░]");
    expect(bar(7, 4)).toBe("[████]");
  });

  test.each([120, 80, 60, 40, 20, 12, 6, 1])(
    "a progress line fits into %i columns, and keeps how far it is",
    (columns) => {
      for (const name of ["council.mp4", "市议会会议记录.mp4", "👩‍👩‍👧‍👦".repeat(30), "x".repeat(300), ""]) {
        const line = progressLine(name, 0.42, "Recognising speech, piece 3 of 12", ", 4 min 10 s left", columns);
        expect(stringWidth(line)).toBeLessThan(Math.max(2, columns));
        if (columns >= 6) expect(line).toContain("42 %");
      }
    },
  );

  test("a log gets lines for steps, pieces and tenths, not for every event", () => {
    const lines: string[] = [];
    const write = process.stderr.write;
    process.stderr.write = ((text: string) => lines.push(text) > 0) as typeof write;
    try {
      const { listener } = showProgress("a.mp4");
      listener({ kind: "step", step: "transcribe" });
      for (let at = 0; at <= 100; at++) {
        listener({
          kind: "progress",
          step: "transcribe",
          share: at / 400,
          etaMs: 90_000,
          piece: { number: 1, count: 4 },
        });
      }
    } finally {
      process.stderr.write = write;
    }
    expect(lines).toEqual([
      "a.mp4: Recognising speech\n",
      "a.mp4: Recognising speech, piece 1 of 4 (0 %, 1 min 30 s left)\n",
      "a.mp4: Recognising speech, piece 1 of 4 (10 %, 1 min 30 s left)\n",
      "a.mp4: Recognising speech, piece 1 of 4 (20 %, 1 min 30 s left)\n",
    ]);
  });
});

describe("what is printed where nobody reads", () => {
  const launcher = join(projectRoot, "electron/headless/archivist.mjs");

  test("a reader that has gone away is no error", () => {
    const result = spawnSync(
      "sh",
      ["-c", `"$0" "$1" models list | true; "$0" "$1" --help | head -1`, process.execPath, launcher],
      {
        encoding: "utf8",
      },
    );
    expect(result).toMatchObject({ status: 0, stderr: "" });
  });

  test.runIf(existsSync("/dev/full"))("a full disk is one, without a trace of the program's insides", () => {
    const result = spawnSync("sh", ["-c", `"$0" "$1" models list --json > /dev/full`, process.execPath, launcher], {
      encoding: "utf8",
    });
    expect(result.status).toBe(1);
    expect(result.stderr).not.toMatch(/at .*:\d+:\d+/);
  });

  test.each([
    [["transcribe", "--json", "x.mp4", "--model", "missing.bin"], "model.missing"],
    [["captions", "check", "missing.srt", "--json"], "file.missing"],
  ])("%j prints an object even when it cannot begin", async (args, code) => {
    const result = await archivist(args);
    expect(result.code).toBe(1);
    expect(JSON.parse(result.stdout)).toMatchObject({ status: "failed", error: { code } });
  });

  test.each([["--out"], ["--data-dir"]])("an empty %s is wrong usage, not the current folder", async (option) => {
    const folder = temporaryFolder();
    const result = await archivist(["transcribe", "x.mp4", option, ""], { cwd: folder });
    expect(result.code).toBe(2);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe("on an old Node.js", () => {
  test.runIf(existsSync("/usr/bin/node"))("a signal to the command alone reaches the work", async () => {
    const dataFolder = temporaryFolder();
    const { NODE_OPTIONS: _, ...env } = process.env;
    const child = spawn(
      "/usr/bin/node",
      [join(projectRoot, "electron/headless/archivist.mjs"), "demo", "--data-dir", dataFolder],
      { env, stdio: ["ignore", "ignore", "pipe"] },
    );
    let errors = "";
    const begun = new Promise<void>((resolve) => {
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        errors += text;
        if (errors.includes("Recognising")) resolve();
      });
    });
    await begun;
    const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
    child.kill("SIGINT");
    expect(await ended).toBe(130);
    expect(errors).toMatch(/interrupted/);
  });

  test.runIf(existsSync("/usr/bin/node"))(
    "the command hands over to the one that npm brought, and keeps its exit code",
    async () => {
      // The machine's own Node.js, whatever it is; where it is new enough this is the plain case.
      const version = execFileSync(
        "/usr/bin/node",
        [join(projectRoot, "electron/headless/archivist.mjs"), "--version"],
        { encoding: "utf8" },
      );
      expect(version.trim()).toMatch(/^\d+\.\d+\.\d+$/);
      const script = `
      const { spawnSync } = require("node:child_process");
      const { status } = spawnSync("/usr/bin/node", [${JSON.stringify(join(projectRoot, "electron/headless/archivist.mjs"))}, "dance"]);
      console.log("status", status);`;
      const program = runNode(["--eval", script]);
      expect(await program.line((line) => line.startsWith("status"))).toBe("status 2");
    },
  );
});
