/** The version of the program, from its package.json. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

let version: string | undefined;

export function programVersion(): string {
  version ??= String(
    (JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8")) as { version: string }).version,
  );
  return version;
}
