/** A folder that looks like Electron's own to those who pack it: its binary has the fuses, and runs nothing. */
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createPackage } from "@electron/asar";

/** By which the fuses are found in a binary, and their wire: version 1, nine of them, in the order of Electron's documentation. */
const sentinel = "dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX";
const wire = "101100011";

/** @param folder where it is made */
export async function standInElectron(folder: string): Promise<void> {
  mkdirSync(join(folder, "resources"), { recursive: true });
  mkdirSync(join(folder, "locales"));
  const fuses = Buffer.concat([Buffer.from(sentinel), Buffer.from([1, wire.length]), Buffer.from(wire)]);
  const binary = join(folder, "electron");
  writeFileSync(binary, Buffer.concat([Buffer.alloc(1_000, 1), fuses, Buffer.alloc(1_000, 2)]));
  chmodSync(binary, 0o755);
  for (const [name, text] of [
    ["chrome-sandbox", "-"],
    ["version", "45.4.1"],
    ["LICENSE", "MIT"],
    ["LICENSES.chromium.html", "<p>Chromium</p>"],
    ["locales/en-US.pak", "-"],
  ] as const) {
    writeFileSync(join(folder, name), text);
  }
  const app = `${folder}-app`;
  mkdirSync(app);
  writeFileSync(join(app, "main.js"), "");
  await createPackage(app, join(folder, "resources/default_app.asar"));
}
