/** Reads the files that a transcription leaves in its folders. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** All files below a folder, as paths relative to it. */
export function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort();
}

/** Contents of the files that must be the same regardless of interruptions. */
export function lastingOutputs(folder: string): Readonly<Record<string, string>> {
  const lasting = filesBelow(folder).filter((name) => !name.endsWith(".report.md"));
  return Object.fromEntries(lasting.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

/** Half-written files: everything in the folders of a run that is not a result. */
export function leftovers(folders: readonly string[]): readonly string[] {
  return folders
    .flatMap((folder) => {
      try {
        return filesBelow(folder);
      } catch {
        return [];
      }
    })
    .filter((name) => /part|tmp|temp/i.test(name));
}
