/** What somebody at another machine may name by its path. */
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { inspectFiles } from "../../electron/intake/inspect-files.ts";
import { sampleVideo } from "../support/paths.ts";
import { remoteHost } from "../support/station/remote.ts";
import { testStation } from "../support/station/station.ts";
import { temporaryFolder } from "../support/temporary.ts";

async function place() {
  const [share, outside] = [temporaryFolder(), temporaryFolder()];
  const host = await remoteHost({
    settings: { shares: { servers: [{ path: share, label: "A", mustBeMounted: false }] } },
  });
  for (const folder of [share, outside]) cpSync(sampleVideo, join(folder, "council.mp4"));
  symlinkSync(outside, join(share, "linked"));
  symlinkSync(join(outside, "council.mp4"), join(share, "linked.mp4"));
  const bad = [
    join(outside, "council.mp4"),
    "/etc/shadow",
    "/etc/no-such-file",
    `${share}/../${outside.split("/").at(-1)}/council.mp4`,
    join(share, "linked", "council.mp4"),
    join(share, "linked.mp4"),
    host.folder.catalogFile,
    "relative.mp4",
    `${share}-beside/x.mp4`,
  ];
  return { ...host, share, outside, bad };
}

describe("over the network", () => {
  test("recordings are taken from shares and uploads only, and nothing is said of other files", async () => {
    const { send, share, bad, outside, somebody, api, folder } = await place();
    const operator = await somebody("Otto", "operator");
    const operatorId = api.sessions.findPerson(operator)?.id ?? 0;
    const post = (path: string, body: unknown) => send("POST", path, body, operator);
    for (const path of bad) {
      const look = await post("/api/intake/look", { paths: [path] });
      expect([path, look.status]).toEqual([path, 403]);
      expect(look.text).toMatch(/file\.elsewhere/);
      const start = JSON.parse((await post("/api/intake/start", { recordings: [{ path }] })).text);
      expect(start).toMatchObject([{ jobId: null, problem: { code: "file.elsewhere" } }]);
      const batch = await post("/api/batches", { files: [{ path }] });
      expect([path, batch.status]).toEqual([path, 403]);
    }
    expect((await send("POST", "/api/models", { path: join(outside, "council.mp4") })).status).toBe(403);
    // Uploads are their owner's, and only whole ones are recordings.
    const { uploads } = api;
    const facts = { filename: "council.mp4", bytes: 5, modifiedMs: 1 };
    const [mine, yours] = [operatorId, 999_999].map((owner) => uploads.begin({ ...facts, owner }));
    const whole = async (begun: ReturnType<typeof uploads.begin> | undefined, owner: number) => {
      const { id } = (await begun) ?? { id: "" };
      return (await uploads.receive(id, owner, 0, Readable.from([Buffer.from("hello")]))).path ?? "";
    };
    const [own, others] = [await whole(mine, operatorId), await whole(yours, 999_999)];
    expect((await post("/api/intake/look", { paths: [own] })).status).toBe(200);
    for (const path of [others, folder.uploads, join(own, ".."), join(folder.uploads, "x.part")]) {
      expect([path, (await post("/api/intake/look", { paths: [path] })).status]).toEqual([path, 403]);
    }
    const good = await post("/api/intake/look", { paths: [join(share, "council.mp4")] });
    expect(JSON.parse(good.text)).toMatchObject([{ filename: "council.mp4", problem: null }]);
    // A whole folder, without what its links lead to.
    const all = JSON.parse((await post("/api/intake/look", { paths: [share] })).text) as { path: string }[];
    expect(all.map(({ path }) => path)).toEqual([join(share, "council.mp4")]);
  });
});

describe("a folder with very many files", () => {
  test("is refused in words, and left when its caller has gone", async () => {
    const { services } = testStation();
    const folder = temporaryFolder();
    for (let sub = 0; sub < 3; sub++) {
      mkdirSync(join(folder, String(sub)));
      for (let index = 0; index < 250; index++) writeFileSync(join(folder, String(sub), `${index}.mp4`), "");
    }
    await expect(inspectFiles(services, [folder])).rejects.toThrow(/more than 500 recordings/);
    const gone = new AbortController();
    gone.abort();
    await expect(inspectFiles(services, [folder], gone.signal)).rejects.toMatchObject({ code: "interrupted" });
  });
});
