/**
 * Decoding of a two-hour recording against ffmpeg alone, and the whole transcription of a ten-minute one against
 * whisper-cli of the same sources with the same model, threads and flags; interleaved runs, medians.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { getMedian, type Measurement, measure, ratioLine, row, say } from "../support/bench/measure.ts";
import { decodeProgram, measureDecode } from "../support/media/decode-program.ts";
import { loopedSample } from "../support/media/recordings.ts";
import { demoModel, projectRoot } from "../support/paths.ts";

const minutes = 10;
/** The shortest meeting that stations record: of ten minutes, a quarter is the start of the two programs. */
const decodedMinutes = 120;
const rounds = 3;
const threads = String(Math.min(4, availableParallelism()));
const whisperCli = join(projectRoot, "native/out/bin/whisper-cli");
const launcher = join(projectRoot, "electron/headless/archivist.mjs");

async function benchDecode(folder: string, video: string): Promise<void> {
  const program = decodeProgram(folder, video);
  const ours: Measurement[] = [];
  const theirs: Measurement[] = [];
  const plain = [
    "-nostdin",
    "-v",
    "error",
    "-y",
    "-i",
    video,
    "-ar",
    "16000",
    "-ac",
    "1",
    "-f",
    "s16le",
    join(folder, "plain.pcm"),
  ];
  for (let round = 0; round < rounds + 2; round++) {
    theirs.push(await measure("ffmpeg", plain));
    ours.push(await measureDecode(program));
  }
  const [a, b] = [getMedian(ours), getMedian(theirs)];
  say(row("decode: sound, peaks and silences", a));
  say(row("ffmpeg -i … -ar 16000 -ac 1", b));
  say(ratioLine("decode / ffmpeg", a.seconds / b.seconds, 1.15));
}

async function benchTranscribe(folder: string, video: string, wav: string, beam: number): Promise<void> {
  const ours: Measurement[] = [];
  const theirs: Measurement[] = [];
  const size = String(beam);
  const flags = ["-m", demoModel, "-t", threads, "-l", "en", "-mc", "0", "-bs", size, "-bo", size];
  const environment = { ...process.env, ARCHIVIST_SPEECH_THREADS: threads, ARCHIVIST_SPEECH_BEAM_SIZE: size };
  for (let round = 0; round < rounds; round++) {
    theirs.push(await measure(whisperCli, [...flags, "-f", wav, "-np", "-oj", "-of", join(folder, `cli-${round}`)]));
    const dataFolder = mkdtempSync(join(folder, "data-"));
    const args = [launcher, "transcribe", video, "--model", "archivist-demo-en", "--data-dir", dataFolder, "--json"];
    ours.push(await measure(process.execPath, args, { env: environment }));
  }
  const [a, b] = [getMedian(ours), getMedian(theirs)];
  say(row(`archivist transcribe, beam ${beam}`, a));
  say(row(`whisper-cli, beam ${beam}`, b));
  say(ratioLine(`archivist / whisper-cli, beam ${beam}`, a.seconds / b.seconds, 1.05));
}

export async function bench(): Promise<void> {
  execFileSync(process.execPath, ["build/run.mjs", "native/build.ts", "--if-missing", "--with-cli"], {
    cwd: projectRoot,
    stdio: "inherit",
  });
  const folder = mkdtempSync(join(tmpdir(), "archivist-bench-"));
  try {
    const video = loopedSample(folder, minutes);
    const wav = join(folder, "meeting.wav");
    execFileSync("ffmpeg", ["-nostdin", "-loglevel", "error", "-i", video, "-ar", "16000", "-ac", "1", wav]);
    say(`Decoding ${decodedMinutes} minutes, transcribing ${minutes} with ${threads} threads and the demo model.`);
    await benchDecode(folder, loopedSample(folder, decodedMinutes));
    // Archivist decodes the video, captions, summarises and writes seven files; whisper-cli reads a ready WAV file.
    for (const beam of [5, 1]) await benchTranscribe(folder, video, wav, beam);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
