import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { encodeScc } from "../../electron/captions/scc/encode.ts";
import { printable, spokenDuration } from "../../electron/headless/print.ts";
import { bar, showProgress } from "../../electron/headless/progress.ts";
import { userFolder } from "../../electron/headless/user-paths.ts";
import { archivist, startArchivist } from "../support/archivist.ts";
import { demoModel, projectRoot } from "../support/places.ts";
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
    expect(result.stderr).toMatch(/was cut anew to fit the screen/);
    expect(result.stderr).toMatch(/no code for "漢"/);
  });

  test.each<[string, string, string, RegExp]>([
    ["a file that is missing", "missing.srt", "out.scc", /no such file/],
    ["a file that is empty", "empty.srt", "out.scc", /the file is empty/],
    ["a file without captions", "prose.srt", "out.scc", /there are no captions in this file/],
    ["a folder", "folder.srt", "out.scc", /this is a folder/],
    ["a name that says nothing", "in.srt", "out.doc", /not a caption format that Archivist knows/],
    ["a folder that is not there", "in.srt", "nowhere/out.scc", /the folder cannot be written to/],
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

  test("a file is never written over itself", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "in.srt"), srt);
    expect((await archivist(["captions", "convert", "in.srt", "./in.srt"], { cwd: folder })).code).toBe(2);
    expect(readFileSync(join(folder, "in.srt"), "utf8")).toBe(srt);
  });
});

describe("captions check", () => {
  test("of a clean file finds nothing", async () => {
    const path = join(temporaryFolder(), "clean.scc");
    writeFileSync(path, encodeScc([{ startMs: 5_000, endMs: 8_000, lines: ["Roll call, please."] }]).text);
    const result = await archivist(["captions", "check", path]);
    expect(result).toMatchObject({ code: 0 });
    expect(result.stdout).toMatch(/1 captions, 0 errors, 0 warnings/);
  });

  test("of a broken one names line, rule and reason, and fails", async () => {
    const path = join(temporaryFolder(), "broken.scc");
    writeFileSync(path, "Scenarist_SCC V1.0\n\n00:01:00;00 9420 9420\n");
    const result = await archivist(["captions", "check", path]);
    expect(result.code).toBe(1);
    expect(result.stdout).toMatch(/^line 3: error: .* \[tab\]$/m);
    expect(result.stdout).toMatch(/^line 3: error: the timecode 00:01:00;00 does not exist \[label\]$/m);
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

describe("on an old Node.js", () => {
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
