/** Small pictures of recordings: when they are made, for what, and what happens when they cannot be. */
import { appendFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { listJobs } from "../../electron/catalog/repositories/jobs.ts";
import { listLibrary } from "../../electron/catalog/repositories/library.ts";
import { testHost } from "../support/station/host.ts";
import { meetingAt } from "../support/station/station.ts";
import { temporaryFolder } from "../support/temporary.ts";

const all = { sort: "completed", descending: true, limit: 10, offset: 0 } as const;

/** A host with one meeting that has captions and no pictures. */
async function hostWithMeeting() {
  const host = await testHost({ settings: { queue: { attempts: 1 } } });
  const path = meetingAt(join(temporaryFolder(), "council.mp4"));
  host.add(path);
  await host.runtime.start();
  await expect.poll(() => listLibrary(host.catalog, all).rows[0]?.status).toMatch(/completed|needs_review/);
  const [row] = listLibrary(host.catalog, all).rows;
  const { id = "", recordingId = "" } = row ?? {};
  // From now on: as on a station that has switched them on later.
  Object.assign(host.services.settings.media, { pictures: true });
  const client = await host.connect();
  const open = () => client.editor.open({ id, key: "a window" });
  const jobs = () => listJobs(host.catalog, { types: ["pictures"] });
  return { ...host, path, recordingId, open, jobs };
}

describe("small pictures", () => {
  test("of a meeting that has none are made when it is opened, once, and are served", async () => {
    const { open, jobs, call, recordingId } = await hostWithMeeting();
    expect((await call(`/shots/${recordingId}`)).status).toBe(404);
    await open();
    await expect.poll(() => jobs().map(({ state }) => state)).toEqual(["completed"]);
    await open();
    expect(jobs()).toHaveLength(1);
    const shots = await call(`/shots/${recordingId}`);
    expect(await shots.json()).toMatchObject({ everyMs: 2_000, rows: 1, shots: [] });
    const sheet = await call(`/pictures/${recordingId}`);
    expect(sheet.headers.get("content-type")).toBe("image/jpeg");
    expect((await sheet.arrayBuffer()).byteLength).toBeGreaterThan(1_000);
  });

  test.each([
    ["that another one has taken the place of", "file.changed", (path: string) => appendFileSync(path, "more")],
    ["that is gone", "file.missing", (path: string) => rmSync(path)],
  ] as const)("of a recording %s are not made, and not tried again at each opening", async (_, code, change) => {
    const { open, jobs, path } = await hostWithMeeting();
    change(path);
    await open();
    await expect.poll(() => jobs().map(({ state }) => state)).toEqual(["failed"]);
    expect(jobs()[0]).toMatchObject({ errorCode: code });
    await open();
    expect(jobs()).toHaveLength(1);
  });
});
