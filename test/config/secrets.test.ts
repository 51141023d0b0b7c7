import { chmodSync, readFileSync, statSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { FileSecrets } from "../../electron/config/secrets.ts";
import { filesBelow } from "../support/station/outputs.ts";
import { temporaryFolder } from "../support/temporary.ts";

const place = (environment: NodeJS.ProcessEnv = {}) => {
  const folder = temporaryFolder();
  const file = join(folder, "secrets.json");
  return {
    folder,
    file,
    secrets: new FileSecrets(file, environment),
    again: (other = environment) => new FileSecrets(file, other),
  };
};

describe("the secret store", () => {
  test("gives back what was kept, forgets what is to be forgotten, and knows nothing else", async () => {
    const { secrets, again } = place();
    expect(secrets.get("cablecast")).toBeUndefined();
    await secrets.set("cablecast", "hunter2 – 🔑");
    await secrets.set("mail", "other");
    expect(again().get("cablecast")).toBe("hunter2 – 🔑");
    await secrets.set("cablecast", undefined);
    expect(again().get("cablecast")).toBeUndefined();
    expect(again().get("mail")).toBe("other");
  });

  test("writes nothing that can be read, and keeps its files to their owner", async () => {
    const { folder, secrets } = place();
    await secrets.set("cablecast", "hunter2hunter2");
    for (const name of filesBelow(folder)) {
      expect(readFileSync(join(folder, name)).includes("hunter2")).toBe(false);
      if (process.platform !== "win32") expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
    }
  });

  test("takes its key from the environment, and then writes none", async () => {
    const { folder, secrets, again } = place({ ARCHIVIST_SECRET_KEY: "correct horse" });
    await secrets.set("cablecast", "hunter2");
    expect(filesBelow(folder)).toEqual(["secrets.json"]);
    expect(again().get("cablecast")).toBe("hunter2");
    expect(() => again({ ARCHIVIST_SECRET_KEY: "wrong" }).get("cablecast")).toThrow(
      /key of the secret store is missing or another one/,
    );
    expect(() => again({}).get("cablecast")).toThrow(/key of the secret store/);
  });

  test("a key that others may read is refused, one that is gone is told", async () => {
    const { file, secrets, again } = place();
    await secrets.set("cablecast", "hunter2");
    chmodSync(`${file}.key`, 0o644);
    expect(() => again().get("cablecast")).toThrow(/other users of this machine may read the key/);
    unlinkSync(`${file}.key`);
    expect(() => again().get("cablecast")).toThrow(/key of the secret store is missing/);
  });

  test.each<[string, (text: string) => string]>([
    ["half of it", (text) => text.slice(0, text.length / 2)],
    ["something else", () => "[]"],
    ["nothing", () => ""],
  ])("a file with %s is told, and what stands in it is not", async (_, change) => {
    const { file, secrets, again } = place();
    await secrets.set("cablecast", "hunter2");
    writeFileSync(file, change(readFileSync(file, "utf8")));
    expect(() => again().get("cablecast")).toThrow(/^the secret store cannot be read$/);
  });

  test("an entry that was passed off as another one is not taken", async () => {
    const { file, secrets, again } = place();
    await secrets.set("mail", "weak");
    const content = JSON.parse(readFileSync(file, "utf8"));
    content.entries.cablecast = content.entries.mail;
    writeFileSync(file, JSON.stringify(content));
    expect(() => again().get("cablecast")).toThrow(/key of the secret store/);
  });

  test("gets a new key with one call, and is readable whenever that is interrupted", async () => {
    const { file, secrets, again } = place();
    await secrets.set("cablecast", "hunter2");
    await secrets.set("mail", "other");
    const oldKey = readFileSync(`${file}.key`);
    const oldFile = readFileSync(file);
    expect(await secrets.changeKey(undefined)).toBe(2);
    const newKey = readFileSync(`${file}.key`);
    expect(newKey.equals(oldKey)).toBe(false);
    expect(statSync(`${file}.key`).mode & 0o077).toBe(0);
    expect([again().get("cablecast"), again().get("mail")]).toEqual(["hunter2", "other"]);
    // Before the file was written, and after it: the new key is not yet at its place.
    const newFile = readFileSync(file);
    writeFileSync(`${file}.key`, oldKey);
    writeFileSync(`${file}.key.next`, newKey, { mode: 0o600 });
    for (const content of [oldFile, newFile]) {
      writeFileSync(file, content);
      expect([again().get("cablecast"), again().get("mail")]).toEqual(["hunter2", "other"]);
      // It is changed once more, over what was left.
      await again().changeKey(undefined);
      expect(again().get("mail")).toBe("other");
      writeFileSync(`${file}.key`, oldKey);
      writeFileSync(`${file}.key.next`, newKey, { mode: 0o600 });
    }
  });

  test("moves from a key file to a key in the environment, and to another one", async () => {
    const { folder, secrets, again } = place();
    await secrets.set("cablecast", "hunter2");
    await secrets.changeKey("first passphrase");
    expect(filesBelow(folder)).toEqual(["secrets.json"]);
    const first = again({ ARCHIVIST_SECRET_KEY: "first passphrase" });
    expect(first.get("cablecast")).toBe("hunter2");
    await first.changeKey("second passphrase");
    expect(() => first.get("cablecast")).toThrow(/key of the secret store/);
    expect(again({ ARCHIVIST_SECRET_KEY: "second passphrase" }).get("cablecast")).toBe("hunter2");
    // Nothing is changed when one of them cannot be decrypted.
    const before = readFileSync(join(folder, "secrets.json"), "utf8");
    await expect(again({ ARCHIVIST_SECRET_KEY: "wrong" }).changeKey("third passphrase")).rejects.toThrow(/key/);
    expect(readFileSync(join(folder, "secrets.json"), "utf8")).toBe(before);
  });
});
