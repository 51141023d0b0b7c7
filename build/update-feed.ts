/** Whose updates the built program takes, and the signatures of the manifests that lead to them. */
import { generateKeyPairSync } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { feedSchema, type UpdateFeed } from "../electron/shell/updates/feed.ts";
import { publicKeyLine, signText } from "../electron/shell/updates/signed-text.ts";

/** Makes a key that manifests are signed with. It never gets into the program. @throws Error where the file is there */
export function makeSigningKey(file: string): void {
  const { privateKey } = generateKeyPairSync("ed25519");
  writeFileSync(file, privateKey.export({ type: "pkcs8", format: "pem" }), { flag: "wx", mode: 0o600 });
}

/**
 * @param url folder of the web that manifests and installers lie in
 * @param keyFiles private or public keys of those who may sign, the one of this release among them
 * @throws Error for an address or a key that is none
 */
export function updateFeed(url: string, keyFiles: readonly string[]): UpdateFeed {
  const keys = keyFiles.map((file) => publicKeyLine(readFileSync(file, "utf8")));
  return feedSchema.parse({ url, keys: [...new Set(keys)] });
}

/** Signs the manifests of a folder, each in a file beside it. @returns their names */
export function signManifests(folder: string, signingKeys: readonly string[]): readonly string[] {
  const manifests = readdirSync(folder).filter((name) => /^latest.*\.yml$/.test(name));
  const keys = signingKeys.map((file) => readFileSync(file, "utf8"));
  for (const name of manifests) {
    const text = readFileSync(join(folder, name), "utf8");
    writeFileSync(join(folder, `${name}.sig`), keys.map((key) => `${signText(text, key)}\n`).join(""));
  }
  return manifests;
}
