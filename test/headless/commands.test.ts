import { execFileSync, spawn, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { printable, spokenDuration } from "../../electron/headless/terminal/print.ts";
import { bar, progressLine, showProgress } from "../../electron/headless/terminal/progress.ts";
import { userFolder } from "../../electron/headless/terminal/user-paths.ts";
import { srt } from "../support/captions/cues.ts";
import { demoModel, projectRoot } from "../support/paths.ts";
import { archivist, startArchivist } from "../support/process/archivist.ts";
import { runNode } from "../support/process/run-node.ts";
import { temporaryFolder } from "../support/temporary.ts";

describe("models list", () => {
  test("shows the official ones, what is here, and where to put more", async () => {
    const dataFolder = temporaryFolder();
    mkdirSync(join(dataFolder, "models"));
    copyFileSync(demoModel, join(dataFolder, "models", "ggml-tiny.en.bin"));
    const result = await archivist(["models", "list"], { dataFolder });
    expect(result.code).toBe(0);
    expect(result.stdout).toMatch(/^base\.en +142 +392 +English +no$/m);
    expect(result.stdout).toMatch(/^tiny\.en \(used\) .*ggml-tiny\.en\.bin$/m);
    expect(result.stdout).toMatch(/^archivist-demo-en .*for the demo only/m);
    expect(result.stdout).toContain(join(dataFolder, "models"));
    const json = JSON.parse((await archivist(["models", "list", "--json"], { dataFolder })).stdout) as {
      models: { name: string }[];
    };
    expect(json.models.length).toBeGreaterThan(30);
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
      "Processor",
      "Graphics",
      "Second engine",
      "Demo model",
      "Speech model",
      "Voice detector",
      "Shares",
    ]);
    expect(findings.find(({ name }) => name === "Speech engine")?.detail).toMatch(
      /^whisper-host is used, because it has been built on this machine; \d+ of \d+ threads; .*whisper\.cpp 1\.9/,
    );
    expect(findings.find(({ name }) => name === "Speech model")).toMatchObject({
      status: "warning",
      remedy: expect.stringMatching(/archivist models pull base\.en/),
    });
    // Looking makes nothing.
    expect(existsSync(join(dataFolder, "catalog.db"))).toBe(false);
  });

  test("a wrong setting is a finding, and the others are made all the same", async () => {
    const dataFolder = temporaryFolder();
    writeFileSync(join(dataFolder, "settings.json"), '{ "speech": { "windowSecnds": 5 } }');
    const { code, stdout } = await archivist(["doctor", "--json"], { dataFolder });
    const { findings } = report.parse(JSON.parse(stdout));
    expect(code).toBe(1);
    expect(findings.find(({ name }) => name === "Settings")).toMatchObject({
      status: "error",
      detail: expect.stringMatching(/speech\.windowSecnds .*the nearest is speech\.windowSeconds/),
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
      published: z.strictObject({
        show_id: z.number(),
        vod_id: z.string(),
        captions_verified: z.literal("yes"),
        page_command: z.string().regex(/^npm run archivist -- cablecast emulate --open --data-dir /),
      }),
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
      // The second time nothing is made anew.
      expect(stdout).toMatch(round === 0 ? /show \d+ was made/ : /show \d+: /);
      expect(stdout).toMatch(/captions +read back and right/);
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
