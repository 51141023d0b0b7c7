/** What the self-test measures, remembered without measuring: a page that finds nothing measures by itself. */
import { getMeasuredSetup } from "../../../electron/monitoring/speech-speed.ts";
import { saveMeasurement } from "../../../electron/speech/self-test/measurement-file.ts";
import type { Measurement } from "../../../electron/speech/self-test/self-test.ts";

/** As two cores of a desktop measure it. */
export const typicalMeasurement: Measurement = {
  engine: "whisper-host 1.0.0 (whisper.cpp 1.9.1)",
  level: "haswell",
  devices: ["cpu CPU: test"],
  speeds: [
    { precision: "q8_0", windowMs: 1_200, tokenMs: 8, sharedTokenMs: 3, windowsAtOnce: 5 },
    { precision: "f16", windowMs: 1_700, tokenMs: 12, sharedTokenMs: 4, windowsAtOnce: 5 },
    { precision: "q5_1", windowMs: 1_700, tokenMs: 9, sharedTokenMs: 4, windowsAtOnce: 5 },
  ],
};

export async function rememberMeasurement(
  dataFolder: string,
  deps: Parameters<typeof getMeasuredSetup>[0],
): Promise<void> {
  await saveMeasurement(dataFolder, getMeasuredSetup(deps), typicalMeasurement, new Date());
}
