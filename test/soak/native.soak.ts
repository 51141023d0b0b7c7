/**
 * The portable build: the host starts from another folder, takes the best library for the processor at hand, and gives
 * the same words with every level of the processor family that runs here.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WhisperHost } from "../../electron/speech/whisper-host/whisper-host.ts";
import { say } from "../support/bench/measure.ts";
import { demoModel, projectRoot, sampleVideo } from "../support/paths.ts";
import { silentLogger } from "../support/station/silent-logger.ts";

const isLevel = (file: string): boolean => /ggml-cpu-.*\.(so|dylib|dll)$/.test(file);

interface Heard {
  readonly features: string;
  readonly text: string;
}

/** What a host in a folder hears; undefined when it does not run on this processor. */
async function hear(folder: string, pcm: string): Promise<Heard | undefined> {
  const program = process.platform === "win32" ? "whisper-host.exe" : "whisper-host";
  const host = new WhisperHost({
    binary: join(folder, program),
    logger: silentLogger,
    stallMs: 60_000,
    idleMs: 60_000,
    gpu: false,
  });
  try {
    const { cpuFeatures } = await host.describe();
    await host.loadModel({ path: demoModel });
    const { segments } = await host.transcribe(
      { pcm, stretches: [{ startSample: 24_000, sampleCount: 25 * 16_000 }] },
      {
        language: "en",
        translate: false,
        vocabulary: [],
        threads: 2,
        beamSize: 1,
        temperature: 0,
        fallback: false,
      },
    );
    const text = segments.flatMap(({ words }) => words.map((word) => word.text)).join(" ");
    return { features: cpuFeatures.join(" "), text };
  } catch {
    return undefined;
  } finally {
    await host.close();
  }
}

export async function soak(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "archivist-portable-"));
  try {
    const out = join(folder, "out");
    execFileSync(process.execPath, ["build/run.mjs", "native/build.ts", "--portable", "--out", out, "--if-missing"], {
      cwd: projectRoot,
      stdio: "inherit",
    });
    const pcm = join(folder, "sample.pcm");
    execFileSync("ffmpeg", ["-v", "error", "-i", sampleVideo, "-ac", "1", "-ar", "16000", "-f", "s16le", pcm]);
    const bin = join(out, "bin");
    const levels = readdirSync(bin).filter(isLevel);
    const best = await hear(bin, pcm);
    if (best === undefined) throw new Error("the portable host does not run here");
    say(`${levels.length} levels; the best one here: ${best.features}`);
    for (const level of levels) {
      const alone = join(folder, level);
      cpSync(bin, alone, { recursive: true, filter: (path) => !isLevel(path) || path.endsWith(level) });
      const heard = await hear(alone, pcm);
      say(`  ${level.padEnd(36)} ${heard === undefined ? "does not run here" : heard.features}`);
      if (heard !== undefined && heard.text !== best.text)
        throw new Error(`${level} hears something else: ${heard.text}`);
    }
    // A best level that traps costs one start: the next one below it is taken, and remembered.
    const greet = (trap: string): string =>
      execFileSync(
        join(bin, process.platform === "win32" ? "whisper-host.exe" : "whisper-host"),
        ["--proof", join(folder, "proof.json")],
        {
          input: "",
          encoding: "utf8",
          env: { ...process.env, ARCHIVIST_TEST_TRAP: trap },
        },
      );
    const { level: untouched } = JSON.parse(greet("")) as { readonly level: { readonly name: string } };
    rmSync(join(folder, "proof.json"));
    const { level } = JSON.parse(greet(untouched.name)) as {
      readonly level: {
        readonly name: string;
        readonly refused: readonly { readonly name: string; readonly reason: string }[];
      };
    };
    say(`when ${untouched.name} traps, ${level.name} is taken`);
    const [refused] = level.refused;
    if (level.name === untouched.name || refused?.name !== untouched.name || refused.reason !== "illegal-instruction")
      throw new Error(`${untouched.name} was not refused: ${JSON.stringify(level)}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
