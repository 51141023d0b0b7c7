/**
 * Makes the sample meeting from its script: espeak-ng speaks the lines, ffmpeg adds a title card with the speaker's
 * name and encodes. Writes the times of the lines back into the script, so that tests can measure against them.
 *
 *   node resources/sample/make-sample.ts        (needs espeak-ng, ffmpeg with libx264, and the DejaVu fonts)
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";

const here = import.meta.dirname;
const scriptFile = join(here, "sample-meeting.json");
const videoFile = join(here, "sample-meeting.mp4");
const sampleRate = 16_000;
const leadMs = 2_000;
const tailMs = 1_500;
const font = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf";

const scriptSchema = z.looseObject({
  title: z.string(),
  voice: z.string(),
  lines: z.array(
    z.object({
      speaker: z.string(),
      voice: z.string(),
      text: z.string(),
      startMs: z.number().optional(),
      endMs: z.number().optional(),
    }),
  ),
});

/** Speaks a line: 16-bit samples, without the silence that espeak-ng adds at both ends. */
function speak(voice: string, text: string, folder: string): Int16Array {
  const wav = join(folder, "line.wav");
  execFileSync("espeak-ng", ["-v", `en-us+${voice}`, "-s", "155", "-p", "50", "-w", wav, text]);
  const rate = String(sampleRate);
  const pcm = execFileSync("ffmpeg", ["-loglevel", "error", "-i", wav, "-ar", rate, "-ac", "1", "-f", "s16le", "-"]);
  const samples = new Int16Array(pcm.buffer.slice(pcm.byteOffset, pcm.byteOffset + pcm.length));
  const audible = (sample: number): boolean => Math.abs(sample) > 100;
  const first = samples.findIndex(audible);
  const last = samples.findLastIndex(audible);
  return samples.slice(first, last + 1);
}

/** Half a second to a second between lines; varies by line and is the same in every run. */
const pauseMs = (index: number): number => 500 + ((index * 37) % 11) * 45;

function escapeDrawtext(text: string): string {
  return text.replace(/[\\':,%]/g, (character) => `\\${character}`);
}

const script = scriptSchema.parse(JSON.parse(readFileSync(scriptFile, "utf8")));
const folder = mkdtempSync(join(tmpdir(), "archivist-sample-"));
try {
  const parts: Int16Array[] = [];
  let nowMs = 0;
  const silence = (ms: number): void => {
    parts.push(new Int16Array(Math.round((ms * sampleRate) / 1000)));
    nowMs += ms;
  };
  silence(leadMs);
  script.lines.forEach((line, index) => {
    const samples = speak(line.voice, line.text, folder);
    line.startMs = Math.round(nowMs);
    parts.push(samples);
    nowMs += (samples.length * 1000) / sampleRate;
    line.endMs = Math.round(nowMs);
    silence(index === script.lines.length - 1 ? tailMs : pauseMs(index));
  });
  const pcmFile = join(folder, "meeting.pcm");
  writeFileSync(
    pcmFile,
    Buffer.concat(parts.map((part) => Buffer.from(part.buffer, part.byteOffset, part.byteLength))),
  );

  const text = (words: string, size: number, y: string, extra = ""): string =>
    `drawtext=fontfile=${font}:text='${escapeDrawtext(words)}':fontsize=${size}:fontcolor=white:x=(w-tw)/2:y=${y}${extra}`;
  const names = script.lines.map((line, index) => {
    const until = (script.lines[index + 1]?.startMs ?? nowMs) / 1000;
    return text(line.speaker, 20, "h*0.62", `:enable='between(t,${(line.startMs ?? 0) / 1000},${until - 0.001})'`);
  });
  const picture = [
    text("White Bear Lake City Council", 34, "h*0.28"),
    text("Regular meeting. Sample with synthetic voices.", 18, "h*0.42"),
    ...names,
  ].join(",");
  execFileSync("ffmpeg", [
    ...["-y", "-loglevel", "error"],
    ...["-f", "lavfi", "-i", `color=c=0x1c3d5a:s=640x360:r=30000/1001:d=${(nowMs / 1000).toFixed(3)}`],
    ...["-f", "s16le", "-ar", String(sampleRate), "-ac", "1", "-i", pcmFile],
    ...["-vf", picture, "-c:v", "libx264", "-preset", "slow", "-crf", "30", "-pix_fmt", "yuv420p", "-g", "150"],
    ...["-c:a", "aac", "-b:a", "64k", "-ar", "48000", "-ac", "2", "-shortest"],
    ...["-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact", "-map_metadata", "-1"],
    ...["-metadata", `title=${script.title}`, "-movflags", "+faststart", videoFile],
  ]);
  writeFileSync(scriptFile, `${JSON.stringify(script, null, 1)}\n`);
  process.stdout.write(`${videoFile}: ${(nowMs / 1000).toFixed(1)} s, ${script.lines.length} lines\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
