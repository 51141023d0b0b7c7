/**
 * A folder that looks like an Electron distribution to the packaging tools: its binary has the fuses, but cannot run.
 */
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createPackage } from "@electron/asar";

/**
 * Marks the fuses in a binary, followed by their wire: version 1, nine fuses in the order of Electron's documentation.
 */
const sentinel = "dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX";
const wire = "101100011";

/** @param folder where it is created */
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
