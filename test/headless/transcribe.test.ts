import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { stripMarkup } from "../../electron/captions/formats/markup/parse.ts";
import { readCaptions } from "../../electron/captions/formats/read.ts";
import { toDay } from "../../electron/platform/calendar.ts";
import { wordErrorRate } from "../../electron/speech/recognition/word-error-rate.ts";
import { sample } from "../support/media/samples.ts";
import { sampleScript, sampleVideo } from "../support/paths.ts";
import { archivist } from "../support/process/archivist.ts";
import { filesBelow } from "../support/station/outputs.ts";
import { temporaryFolder } from "../support/temporary.ts";

const demo = ["--model", "archivist-demo-en"];

interface Script {
  readonly lines: readonly { readonly text: string }[];
}
const script = (): string =>
  (JSON.parse(readFileSync(sampleScript, "utf8")) as Script).lines.map(({ text }) => text).join(" ");

const captionText = (path: string): string =>
  readCaptions(readFileSync(path, "utf8"))
    .cues.map((cue) => cue.lines.join(" "))
    .join(" ");

describe("good recordings", () => {
  test("the sample as MP4, WAV, MP3, FLAC and MKV, in one call, into one folder", async () => {
    const out = join(temporaryFolder(), "new folder");
    const files = [sampleVideo, ...["wav", "mp3", "flac", "mkv"].map((type) => sample(`sample.${type}`))];
    const result = await archivist(["transcribe", ...files, ...demo, "--out", out]);
    expect(result.stderr).not.toMatch(/error/i);
    expect(result.code).toBe(0);
    // Five recordings, two names: the later ones of the same name get a number.
    const bases = ["sample-meeting", "sample", "sample-2", "sample-3", "sample-4"];
    const kinds = [".json", ".report.md", ".scc", ".srt", ".summary.md", ".txt", ".vtt"];
    expect(readdirSync(out).sort()).toEqual(bases.flatMap((base) => kinds.map((kind) => base + kind)).sort());
    for (const base of bases) {
      const rates = [".scc", ".vtt", ".srt", ".json"].map((type) =>
        wordErrorRate(script(), captionText(join(out, base + type))),
      );
      // The demo model's README measured 10.3 % on its recording of the script.
      for (const rate of rates) expect(rate).toBeLessThan(0.13);
      expect(new Set(rates.map((rate) => rate.toFixed(4))).size).toBe(1);
    }
  });

  test("the SCC file reads as the script in FFmpeg, and passes our own check", async () => {
    const out = temporaryFolder();
    expect((await archivist(["transcribe", sampleVideo, ...demo, "--out", out, "--formats", "scc"])).code).toBe(0);
    expect(filesBelow(out)).toEqual(["sample-meeting.report.md", "sample-meeting.scc", "sample-meeting.summary.md"]);
    const scc = join(out, "sample-meeting.scc");
    const srt = execFileSync("ffmpeg", ["-v", "error", "-i", scc, "-f", "srt", "-"], { encoding: "utf8" });
    const text = srt
      .split(/\r?\n/)
      .filter((line) => !/^\d+$|-->/.test(line))
      .map((line) => stripMarkup(line.replaceAll("\\h", " ").replace(/\{\\an\d\}/g, "")))
      .join(" ");
    expect(wordErrorRate(script(), text)).toBeLessThan(0.13);
    const check = await archivist(["captions", "check", scc, "--json"]);
    expect(check.code).toBe(0);
    expect(JSON.parse(check.stdout)).toMatchObject({ format: "scc", errors: 0 });
  });

  test("go into a folder with the day of the file when nobody says where, and the date is not known", async () => {
    const dataFolder = temporaryFolder();
    const result = await archivist(["transcribe", sample("short.mp4"), ...demo, "--json"], { dataFolder });
    expect(result.code).toBe(0);
    const [{ folder }] = (JSON.parse(result.stdout) as { results: [{ folder: string }] }).results;
    const day = toDay(statSync(sample("short.mp4")).mtimeMs, null);
    expect(basename(folder)).toBe(`${day}-short`);
    expect(existsSync(join(folder, "short.scc"))).toBe(true);
    // Sound is large and no longer needed; peaks are for the editor.
    expect(filesBelow(join(dataFolder, "recordings")).map((name) => name.split(/[\\/]/).at(-1))).toEqual([
      "levels.dat",
      "peaks.dat",
    ]);
  });

  test.each(["two words.mp4", 'it\'s "quoted" $HOME `x`.mp4', "📼 Réunion.mp4", "%d {1} [x].mp4"])(
    "named %j",
    async (name) => {
      const folder = temporaryFolder();
      copyFileSync(sample("short.mp4"), join(folder, name));
      const result = await archivist(["transcribe", name, ...demo, "--out", "captions"], { cwd: folder });
      expect(result).toMatchObject({ code: 0 });
      const base = name.slice(0, -4);
      expect(captionText(join(folder, "captions", `${base}.scc`))).toContain("Good evening");
    },
  );

  test("with a name as long as the disk takes", async () => {
    const folder = temporaryFolder();
    const name = "é".repeat(125);
    copyFileSync(sample("short.mp4"), join(folder, `${name}.mp4`));
    const out = join(folder, "out");
    const result = await archivist(["transcribe", join(folder, `${name}.mp4`), ...demo, "--out", out]);
    expect(result).toMatchObject({ code: 0 });
    // The sidecar has the recording's whole name; only the long endings cost letters.
    expect(existsSync(join(out, `${name}.scc`))).toBe(true);
    expect(readdirSync(out).filter((file) => file.endsWith("é.summary.md"))).toHaveLength(1);
  });

  test("named with a leading dash, after --", async () => {
    const folder = temporaryFolder();
    copyFileSync(sample("short.mp4"), join(folder, "-i.mp4"));
    const result = await archivist(["transcribe", ...demo, "--out", ".", "--", "-i.mp4"], { cwd: folder });
    expect(result).toMatchObject({ code: 0 });
    expect(existsSync(join(folder, "-i.scc"))).toBe(true);
  });
});

describe("bad recordings", () => {
  test("each gets one clear line with a remedy, nothing is left behind, and the good ones are done", async () => {
    const dataFolder = temporaryFolder();
    const out = temporaryFolder();
    const bad: readonly (readonly [name: string, says: RegExp, remedy: RegExp])[] = [
      ["empty.mp4", /0 bytes/, /Copy the recording again/],
      ["text.mp4", /not a recording that Archivist can read/, /Use MP4, MOV/],
      ["cut-plain.mp4", /index at its end is missing/, /Copy or export the recording again/],
      ["silent-film.mp4", /no audio stream/, /has sound/],
      ["missing.mp4", /no such file/, /Check the path/],
      ["folder.mp4", /a folder, not a recording/, /Name the recordings inside/],
      ["encrypted.mp4", /encrypted/, /copy protection/],
      ["playlist.mp4", /not a recording/, /Use MP4/],
    ];
    const files = bad.map(([name]) => sample(name));
    const result = await archivist(
      ["transcribe", ...files.slice(0, 5), sample("short.mp4"), ...files.slice(5), ...demo, "--out", out],
      { dataFolder },
    );
    expect(result.code).toBe(1);
    const lines = result.stderr.split("\n");
    for (const [name, says, remedy] of bad) {
      const about = lines.filter(
        (line) => line.startsWith(`${name}: `) && !/Looking at|Decoding|Recognizing|Planning/.test(line),
      );
      expect(about, name).toHaveLength(1);
      expect(about[0]).toMatch(says);
      expect(about[0]).toMatch(remedy);
    }
    expect(result.stdout).toMatch(/^short\.mp4: done/m);
    expect(filesBelow(out).every((name) => name.startsWith("short."))).toBe(true);
    expect(readdirSync(join(dataFolder, "recordings"))).toHaveLength(1);
    expect(existsSync(join(dataFolder, "output"))).toBe(false);
  });

  test("one whose copy has stopped is captioned as far as it goes, says what is missing, and is not done", async () => {
    const out = temporaryFolder();
    const result = await archivist(["transcribe", sample("cut-faststart.mp4"), ...demo, "--out", out]);
    expect(result.stderr).toMatch(/The recording cannot be read from 0:00:09 to 0:00:20: its copy has stopped\./);
    expect(result.stdout).toMatch(/errors that must be put right before publishing/);
    expect(readFileSync(join(out, "cut-faststart.report.md"), "utf8")).toMatch(
      /cannot be read from 0:00:09 to 0:00:20/,
    );
  });

  test("in JSON carry code, message and remedy", async () => {
    const result = await archivist(["transcribe", sample("silent-film.mp4"), ...demo, "--json"]);
    expect(result.code).toBe(1);
    expect(JSON.parse(result.stdout)).toMatchObject({
      results: [{ status: "failed", error: { code: "media.no-audio", remedy: expect.stringMatching(/sound/) } }],
    });
  });

  test("a name with terminal codes in it does nothing to the terminal", async () => {
    const result = await archivist(["transcribe", "\u001b[2Jevil\nname.mp4", ...demo]);
    expect(result.code).toBe(1);
    expect(result.stderr).not.toContain("\u001b");
    expect(result.stderr.trim().split("\n").at(-1)).toMatch(/evil.name\.mp4: there is no such file/);
  });

  test("an output folder that cannot be written to is an error with a remedy", async () => {
    const result = await archivist(["transcribe", sample("short.mp4"), ...demo, "--out", "/sys/kernel/captions"]);
    expect(result.code).toBe(1);
    expect(result.stderr).toMatch(
      /\/sys\/kernel\/captions: the folder cannot be written to\. Give your user write permission/,
    );
    expect(result.stderr).not.toMatch(/Decoding/);
  });

  test.each<[string, (folder: string) => string, RegExp]>([
    [
      "a file where the folder should be",
      (folder) => join(folder, "file"),
      /file: this is a file, and a folder is needed/,
    ],
    ["a file in the folder's path", (folder) => join(folder, "file", "deeper"), /file: this is a file/],
    ["a folder where a file should be", (folder) => folder, /short\.srt: a folder stands where this file has to be/],
  ])("%s is noticed before any work", async (_name, out, says) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "file"), "");
    mkdirSync(join(folder, "short.srt"));
    const result = await archivist(["transcribe", sample("short.mp4"), ...demo, "--out", out(folder)]);
    expect(result.code).toBe(1);
    expect(result.stderr).toMatch(says);
    expect(result.stderr).not.toMatch(/Decoding/);
    expect(readdirSync(folder).sort()).toEqual(["file", "short.srt"]);
  });

  test("a recording without speech needs review: it must not pass for done", async () => {
    const quiet = join(temporaryFolder(), "quiet.wav");
    execFileSync("ffmpeg", ["-v", "error", "-f", "lavfi", "-i", "anullsrc=r=16000:cl=mono", "-t", "4", quiet]);
    const out = temporaryFolder();
    const result = await archivist(["transcribe", quiet, ...demo, "--out", out, "--json"]);
    expect(JSON.parse(result.stdout)).toMatchObject({ results: [{ status: "needs_review" }] });
    expect(readFileSync(join(out, "quiet.report.md"), "utf8")).toMatch(/need review[\s\S]*no speech was recognized/);
  });
});

describe("what has been done before", () => {
  test("is said to be done, and its files are given again; --force does it anew", async () => {
    const dataFolder = temporaryFolder();
    const out = join(temporaryFolder(), "out");
    const command = (...more: readonly string[]) =>
      archivist(["transcribe", sample("short.mp4"), ...demo, ...more], { dataFolder });
    expect((await command("--out", out)).stdout).toMatch(/^short\.mp4: done in/);
    const first = readFileSync(join(out, "short.scc"), "utf8");
    rmSync(join(out, "short.scc"));

    const again = await command("--out", out);
    expect(again).toMatchObject({ code: 0 });
    expect(again.stdout).toMatch(/already done on .*same content, model and options/);
    expect(again.stdout).toContain(join(out, "short.scc"));
    expect(again.stderr).not.toMatch(/Recognizing/);
    expect(readFileSync(join(out, "short.scc"), "utf8")).toBe(first);

    const elsewhere = join(out, "elsewhere");
    await command("--out", elsewhere, "--formats", "vtt");
    expect(filesBelow(elsewhere)).toEqual(["short.report.md", "short.summary.md", "short.vtt"]);

    const forced = await command("--out", out, "--force");
    expect(forced.stdout).toMatch(/^short\.mp4: done in/);
    expect(readFileSync(join(out, "short.scc"), "utf8")).toBe(first);
  });

  test("a copy under another name is the same content; another setting is other work", async () => {
    const dataFolder = temporaryFolder();
    const copy = join(temporaryFolder(), "copied.mp4");
    copyFileSync(sample("short.mp4"), copy);
    await archivist(["transcribe", sample("short.mp4"), ...demo], { dataFolder });
    expect((await archivist(["transcribe", copy, ...demo], { dataFolder })).stdout).toMatch(/already done/);
    const other = { dataFolder, env: { ARCHIVIST_SPEECH_BEAM_SIZE: "2" } };
    expect((await archivist(["transcribe", copy, ...demo], other)).stdout).toMatch(/done in/);
  });

  test("a file that somebody changed is left alone when files are given again, and kept aside when they are made anew", async () => {
    const dataFolder = temporaryFolder();
    const out = temporaryFolder();
    const command = (...more: readonly string[]) =>
      archivist(["transcribe", sample("short.mp4"), ...demo, "--out", out, "--formats", "srt", ...more], {
        dataFolder,
      });
    await command();
    const srt = join(out, "short.srt");
    appendFileSync(srt, "corrected by hand");
    const edited = readFileSync(srt, "utf8");

    const again = await command();
    expect(again.stdout).toMatch(/Left as it is, because somebody changed it: .*short\.srt/);
    expect(readFileSync(srt, "utf8")).toBe(edited);

    const forced = await command("--force");
    expect(forced.stdout).toMatch(
      /Kept under another name, because it was not ours or had been changed: .*short\.srt\.previous-1/,
    );
    expect(readFileSync(`${srt}.previous-1`, "utf8")).toBe(edited);
    expect(readFileSync(srt, "utf8")).not.toContain("corrected by hand");
  });

  test("a place that was wanted once is not gone back to", async () => {
    const dataFolder = temporaryFolder();
    const stick = join(temporaryFolder(), "stick");
    const command = (...more: readonly string[]) =>
      archivist(["transcribe", sample("short.mp4"), ...demo, ...more], { dataFolder });
    await command("--out", stick);
    rmSync(stick, { recursive: true });
    const again = await command();
    expect(again.code).toBe(0);
    expect(existsSync(stick)).toBe(false);
    expect(again.stdout).toContain(join(dataFolder, "output"));
    // An attempt that failed does not hide the one that did not.
    expect((await command("--force", "--out", "/sys/kernel/captions")).code).toBe(1);
    expect((await command()).stdout).toMatch(/already done/);
  });

  test("other settings of the summary take effect without recognising anew", async () => {
    const dataFolder = temporaryFolder();
    const command = (phrases: string) =>
      archivist(["transcribe", sample("short.mp4"), ...demo, "--json"], {
        dataFolder,
        env: { ARCHIVIST_INSIGHT_KEY_PHRASES: phrases },
      });
    const first = await command("5");
    const second = await command("1");
    expect(JSON.parse(second.stdout)).toMatchObject({ results: [{ already_done: true }] });
    const { files } = (JSON.parse(first.stdout) as { results: { files: { kind: string; path: string }[] }[] })
      .results[0] ?? { files: [] };
    const summary = readFileSync(files.find(({ kind }) => kind === "summary")?.path ?? "", "utf8");
    expect(summary.match(/^- /gm)?.length).toBeLessThan(5);
  });

  test("somebody else's file in the place where finished captions are given again is put aside", async () => {
    const dataFolder = temporaryFolder();
    const out = temporaryFolder();
    const command = (...more: readonly string[]) =>
      archivist(["transcribe", sample("short.mp4"), ...demo, "--formats", "scc", ...more], { dataFolder });
    await command();
    writeFileSync(join(out, "short.scc"), "made elsewhere");
    await command("--out", out);
    expect(readFileSync(join(out, "short.scc.previous-1"), "utf8")).toBe("made elsewhere");
    expect(readFileSync(join(out, "short.scc"), "utf8")).toMatch(/^Scenarist_SCC/);
  });

  test("somebody else's file of the same name is kept aside", async () => {
    const out = temporaryFolder();
    writeFileSync(join(out, "short.scc"), "made elsewhere");
    await archivist(["transcribe", sample("short.mp4"), ...demo, "--out", out]);
    expect(readFileSync(join(out, "short.scc.previous-1"), "utf8")).toBe("made elsewhere");
    expect(readFileSync(join(out, "short.scc"), "utf8")).toMatch(/^Scenarist_SCC/);
  });
});

describe("before anything is begun", () => {
  test("no model on the machine: how to get one", async () => {
    const dataFolder = temporaryFolder();
    const result = await archivist(["transcribe", sample("short.mp4")], { dataFolder });
    expect(result.code).toBe(1);
    expect(result.stderr.trim().split("\n")).toHaveLength(1);
    expect(result.stderr).toContain("archivist models pull base.en");
  });

  test("a model given as a file, relative to where the user stands", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "models"));
    copyFileSync(
      join(import.meta.dirname, "../../resources/models/archivist-demo-en.bin"),
      join(folder, "models/own.bin"),
    );
    const result = await archivist(["transcribe", sample("short.mp4"), "--model", "models/own.bin", "--out", "."], {
      cwd: folder,
    });
    expect(result).toMatchObject({ code: 0 });
  });

  test.each([
    ["no file", ["transcribe"]],
    ["an unknown option", ["transcribe", "x.mp4", "--fast"]],
    ["an unknown format", ["transcribe", "x.mp4", "--formats", "scc,doc"]],
    ["an unknown language", ["transcribe", "x.mp4", "--language", "English please"]],
    ["an unknown command", ["dance"]],
    ["a missing argument", ["captions", "convert", "a.scc"]],
  ])("%s is wrong usage", async (_name, args) => {
    const result = await archivist(args);
    expect(result.code).toBe(2);
    expect(result.stderr).toMatch(/^error: /);
    expect(result.stdout).toBe("");
  });

  test.each([
    "transcribe",
    "captions",
    "captions convert",
    "captions check",
    "models",
    "models list",
    "doctor",
    "demo",
  ])("%s --help explains itself", async (command) => {
    const result = await archivist([...command.split(" "), "--help"]);
    expect(result.code).toBe(0);
    expect(result.stdout).toMatch(/^Usage: archivist /);
  });

  test("a language that the model does not know", async () => {
    const result = await archivist(["transcribe", sample("short.mp4"), ...demo, "--language", "es"]);
    expect(result.code).toBe(1);
    expect(result.stderr).toMatch(/archivist-demo-en knows English only/);
  });

  test("a wrong setting", async () => {
    const result = await archivist(["transcribe", sample("short.mp4"), ...demo], {
      env: { ARCHIVIST_SPEECH_WINDOW_SECONDS: "ten" },
    });
    expect(result.code).toBe(1);
    expect(result.stderr).toMatch(
      /speech\.windowSeconds \(ARCHIVIST_SPEECH_WINDOW_SECONDS in the environment\): it is "ten"/,
    );
  });
});
