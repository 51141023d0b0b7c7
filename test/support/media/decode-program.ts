/** Runs the decode step alone in its own process, so that its time and memory can be measured. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Measurement, measure } from "../bench/measure.ts";
import { projectRoot } from "../paths.ts";

/**
 * Writes a program that decodes a recording as the pipeline does, and nothing else.
 *
 * @returns Absolute path of the program.
 */
export function decodeProgram(folder: string, recording: string): string {
  const path = join(folder, "decode.mts");
  const from = (file: string): string => JSON.stringify(join(projectRoot, file));
  writeFileSync(
    path,
    `import { mkdtempSync, rmSync } from "node:fs";
     import { decode } from ${from("electron/media/decoding/decode.ts")};
     import { probe } from ${from("electron/media/probe.ts")};
     import { findMediaTools } from ${from("electron/media/tools.ts")};
     import { settingsSchema } from ${from("electron/contract/settings.ts")};
     const settings = settingsSchema.parse({}).media;
     const tools = await findMediaTools(settings);
     const path = ${JSON.stringify(recording)};
     const info = await probe(tools.ffprobe, path, settings);
     const folder = mkdtempSync(${JSON.stringify(join(folder, "decoded-"))});
     const started = performance.now();
     const { durationMs } = await decode({ tools, path, info, folder, settings });
     const seconds = (performance.now() - started) / 1000;
     rmSync(folder, { recursive: true });
     console.log(JSON.stringify({ seconds, durationMs }));`,
  );
  return path;
}

/** Runs the program: its own time (without Node's start and the probe), and its memory measured from outside. */
export async function measureDecode(program: string): Promise<Measurement & { readonly durationMs: number }> {
  const report = `${program}.out`;
  const { peakMiB } = await measure("sh", ["-c", '"$0" "$1" > "$2"', process.execPath, program, report]);
  const own = JSON.parse(readFileSync(report, "utf8")) as { seconds: number; durationMs: number };
  return { ...own, peakMiB };
}
