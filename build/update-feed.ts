/** The update feed of the built program, and the signatures of its manifests. */
import { generateKeyPairSync } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dayMs } from "../electron/captions/time/durations.ts";
import { feedSchema, type UpdateFeed } from "../electron/shell/updates/feed.ts";
import { addReleaseFacts } from "../electron/shell/updates/release-facts.ts";
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

/** How long a signed manifest counts: programs look several times a day, and makers sign anew before it ends. */
const validDays = 180;

/**
 * Signs the manifests of a folder, each into a file beside it, with what they are for and until when they count.
 * @returns the manifests' names
 */
export function signManifests(
  folder: string,
  signingKeys: readonly string[],
  now: Date = new Date(),
): readonly string[] {
  const manifests = readdirSync(folder).filter((name) => /^latest.*\.yml$/.test(name));
  const keys = signingKeys.map((file) => readFileSync(file, "utf8"));
  for (const name of manifests) {
    // Seconds grow by themselves, on whichever machine a release is made.
    const sequence = Math.floor(now.getTime() / 1000);
    const expires = new Date(now.getTime() + validDays * dayMs).toISOString();
    const text = addReleaseFacts(readFileSync(join(folder, name), "utf8"), { file: name, sequence, expires });
    writeFileSync(join(folder, name), text);
    writeFileSync(join(folder, `${name}.sig`), keys.map((key) => `${signText(text, key)}\n`).join(""));
  }
  return manifests;
}
