/** The update feed of the built program, and the signatures of its manifests. */
import { generateKeyPairSync } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { feedSchema, type UpdateFeed } from "../electron/shell/updates/feed.ts";
import { publicKeyLine, signText } from "../electron/shell/updates/signed-text.ts";

/** Creates a key for signing manifests. It is never part of the program. @throws Error if the file exists */
export function makeSigningKey(file: string): void {
  const { privateKey } = generateKeyPairSync("ed25519");
  writeFileSync(file, privateKey.export({ type: "pkcs8", format: "pem" }), { flag: "wx", mode: 0o600 });
}

/**
 * Creates the update feed.
 * @param url web folder with manifests and installers
 * @param keyFiles private or public keys that may sign, this release's among them
 * @throws Error for an invalid address or key
 */
export function updateFeed(url: string, keyFiles: readonly string[]): UpdateFeed {
  const keys = keyFiles.map((file) => publicKeyLine(readFileSync(file, "utf8")));
  return feedSchema.parse({ url, keys: [...new Set(keys)] });
}

/** Signs the manifests of a folder, each into a file beside it. @returns the manifests' names */
export function signManifests(folder: string, signingKeys: readonly string[]): readonly string[] {
  const manifests = readdirSync(folder).filter((name) => /^latest.*\.yml$/.test(name));
  const keys = signingKeys.map((file) => readFileSync(file, "utf8"));
  for (const name of manifests) {
    const text = readFileSync(join(folder, name), "utf8");
    writeFileSync(join(folder, `${name}.sig`), keys.map((key) => `${signText(text, key)}\n`).join(""));
  }
  return manifests;
}
