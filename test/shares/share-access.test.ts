/** Calls on a share that hangs are given up, and hold no thread that others need. */
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { recordWrittenFile } from "../../electron/catalog/repositories/outputs.ts";
import { upsertRecording } from "../../electron/catalog/repositories/recordings.ts";
import type { ShareHealth } from "../../electron/shares/health/judge.ts";
import { ShareAccess } from "../../electron/shares/share-access.ts";
import { captioned } from "../support/captions/transcriptions.ts";
import { canHang, hangingShare } from "../support/station/hanging-share.ts";
import { testHost } from "../support/station/host.ts";
import { temporaryFolder } from "../support/temporary.ts";

const hung = { code: "share.hung" };

function place(health?: Partial<ShareHealth>) {
  const share = (path: string, label: string) =>
    ({ path, label, role: "active", mountCommand: null, mustBeMounted: false }) as const;
  const many = Array.from({ length: 60 }, (_, number) => share(`/mnt/many/${number}`, `many ${number}`));
  const access = new ShareAccess({
    shares: [share("/mnt/a", "A"), share("/mnt/b", "B"), ...many],
    deadlineMs: 60,
    findHealth: (label) => (label === "A" ? (health as ShareHealth | undefined) : undefined),
  });
  let running = 0;
  let most = 0;
  const gates: (() => void)[] = [];
  /** A call that returns when its gate is opened. */
  const stuck = (): Promise<string> => {
    most = Math.max(most, ++running);
    return new Promise((resolve) => {
      gates.push(() => {
        running--;
        resolve("late");
      });
    });
  };
  return { run: access.run, stuck, gates, most: () => most };
}

describe("calls on a share", () => {
  test("are given up after the deadline, and the next ones at once, until the first has returned", async () => {
    const { run, stuck, gates } = place();
    await expect(run("/mnt/a/x", stuck)).rejects.toMatchObject(hung);
    let isAsked = false;
    const ask = async (): Promise<string> => {
      isAsked = true;
      return "there";
    };
    await expect(run("/mnt/a/y", ask)).rejects.toMatchObject(hung);
    expect(isAsked).toBe(false);
    // Other shares, and what lies on none, are as well as ever.
    expect([await run("/mnt/b/y", ask), await run("/home/y", ask)]).toEqual(["there", "there"]);
    for (const open of gates) open();
    await wait(0);
    expect(await run("/mnt/a/y", ask)).toBe("there");
  });

  test("hold few threads at once, however many there are", async () => {
    const { run, stuck, gates, most } = place();
    const all = await Promise.allSettled(Array.from({ length: 100 }, () => run("/mnt/a/x", stuck)));
    expect(all.every(({ status }) => status === "rejected")).toBe(true);
    expect(most()).toBe(2);
    for (const open of gates) open();
    await wait(10);
    // None of those that were given up begins afterwards.
    expect(most()).toBe(2);
    expect(await run("/mnt/a/x", async () => "there")).toBe("there");
  });

  test("leave threads to everything else when all shares of a file server hang", async () => {
    const { run, stuck, gates, most } = place();
    const asked = Array.from({ length: 60 }, (_, number) => [0, 1].map(() => run(`/mnt/many/${number}/x`, stuck)));
    const all = await Promise.allSettled(asked.flat());
    expect(all.every(({ status }) => status === "rejected")).toBe(true);
    // Of the 64 threads that the station has.
    expect(most()).toBe(48);
    expect(await run("/home/y", async () => "there")).toBe("there");
    for (const open of gates) open();
    await wait(10);
    expect(await run("/mnt/many/0/x", async () => "there")).toBe("there");
  });

  test("are not tried on one that is known not to answer", async () => {
    const { run, stuck, most } = place({ isReadable: false, message: "it does not answer" });
    await expect(run("/mnt/a/x", stuck)).rejects.toThrow(/it does not answer/);
    expect(most()).toBe(0);
  });

  test("fail with their own errors", async () => {
    const { run } = place();
    await expect(run("/mnt/a/x", async () => Promise.reject(new Error("no such file")))).rejects.toThrow(
      "no such file",
    );
  });
});

describe.runIf(canHang)("a share that hangs", () => {
  test("stops neither pages nor signing in nor other meetings, and is well again as soon as it answers", async () => {
    await using share = await hangingShare(temporaryFolder());
    const host = await testHost({
      shares: [{ label: "A", path: share.folder }],
      settings: { shares: { servers: [{ label: "A", path: share.folder, mustBeMounted: false }], probeSeconds: 0.5 } },
    });
    const { catalog, call, post, password } = host;
    const [id, other] = [captioned(catalog), captioned(catalog, undefined, 2)];
    for (const name of ["a.txt", "b.txt", "c.txt"]) {
      recordWrittenFile(catalog, id, { kind: "txt", path: `${share.folder}/${name}`, sha256: "x", version: 0 });
    }
    const recording = upsertRecording(catalog, {
      fingerprint: "hung",
      filename: "hung.mp4",
      filePath: `${share.folder}/hung.mp4`,
      fileSize: 5,
      modifiedMs: 1,
      container: "mp4",
      durationMs: 1,
      media: {},
    });
    share.hang();
    // Far more than there are threads, before anybody knows that it hangs.
    const pages = Array.from({ length: 40 }, () => call(`/api/meetings/${id}`));
    const files = Array.from({ length: 20 }, () => call(`/files/${id}/a.txt`));
    const videos = Array.from({ length: 20 }, () => call(`/media/${recording.id}`));
    const looks = Array.from({ length: 20 }, () => post("/api/intake/look", { paths: [`${share.folder}/x.mp4`] }));
    const meanwhile = await Promise.all([
      call("/api/session"),
      call(`/api/meetings/${other}`),
      call("/api/dictionaries"),
      post("/api/session", { name: "Anna", password }, { token: "" }),
    ]);
    expect(meanwhile.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const answers = await Promise.all([...pages, ...files, ...videos, ...looks]);
    const statuses = Map.groupBy(answers, ({ status }) => status);
    expect([...statuses.keys()].toSorted()).toEqual([200, 404]);
    expect(statuses.get(404)).toHaveLength(40);
    share.goOn();
    await expect
      .poll(async () =>
        JSON.stringify(await (await post("/api/intake/look", { paths: [`${share.folder}/x.mp4`] })).json()),
      )
      .toContain("file.missing");
  });
});
