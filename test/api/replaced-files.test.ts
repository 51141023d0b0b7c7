/** A delivered file that somebody on its share has replaced gives nothing away, and holds nobody up. */
import { execFileSync } from "node:child_process";
import { rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { recordWrittenFile } from "../../electron/catalog/repositories/outputs.ts";
import { sha256 } from "../../electron/platform/atomic-write.ts";
import { captioned } from "../support/captions/transcriptions.ts";
import { testHost } from "../support/station/host.ts";
import { temporaryFolder } from "../support/temporary.ts";

async function deliveredFile() {
  const host = await testHost();
  const id = captioned(host.catalog);
  const path = join(temporaryFolder(), "council.txt");
  writeFileSync(path, "words");
  recordWrittenFile(host.catalog, id, { kind: "txt", path, sha256: sha256("words"), version: 0 });
  const user = await host.somebody("Ute", "user");
  const download = () => host.call(`/files/${id}/council.txt`, { token: user });
  return { ...host, id, path, user, download };
}

describe.skipIf(process.platform === "win32")("a delivered file", () => {
  test("is downloaded as it is", async () => {
    const { download } = await deliveredFile();
    expect(await (await download()).text()).toBe("words");
  });

  test("that became a link leads nowhere", async () => {
    const { path, folder, download } = await deliveredFile();
    for (const target of [folder.settingsFile, folder.catalogFile, "/proc/self/environ"]) {
      rmSync(path);
      symlinkSync(target, path);
      expect([target, (await download()).status]).toEqual([target, 404]);
    }
  });

  test("that became a pipe stops neither the page of its meeting nor anything else", async () => {
    const { path, id, call, user, download } = await deliveredFile();
    rmSync(path);
    execFileSync("mkfifo", [path]);
    const looks = await Promise.all(
      Array.from({ length: 30 }, () => call(`/api/meetings/${id}`, { token: user }).then(({ status }) => status)),
    );
    expect(new Set(looks)).toEqual(new Set([200]));
    expect((await download()).status).toBe(404);
    expect((await call("/api/notices", { token: user })).status).toBe(200);
  });
});

test("a model is named over the network, and never given as a path", async () => {
  const { connect, folder } = await testHost();
  const client = await connect();
  for (const model of [folder.settingsFile, "../settings.json", "/dev/zero", "..\\x", ".hidden"]) {
    const start = client.intake.start({ recordings: [{ path: "/share/a.mp4" }], options: { model } });
    await expect(start).rejects.toMatchObject({ code: "BAD_REQUEST" });
  }
});
