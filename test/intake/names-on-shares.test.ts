/** Names on shares: what servers keep for themselves, and accents that are stored in two ways. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, symlinkSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { listShareFiles } from "../../electron/catalog/repositories/share-files.ts";
import { browse } from "../../electron/intake/browse.ts";
import { enqueueReady } from "../../electron/intake/enqueue.ts";
import { inspectFiles } from "../../electron/intake/inspect-files.ts";
import { put } from "../support/station/shares.ts";
import { meetingAt, testStation } from "../support/station/station.ts";
import { temporaryFolder } from "../support/temporary.ts";

const composed = (text: string): string => text.normalize("NFC");
const decomposed = (text: string): string => text.normalize("NFD");

function place(city: object = {}, settings: Readonly<Record<string, object>> = {}) {
  const share = join(temporaryFolder(), "flex");
  mkdirSync(share);
  const station = testStation({
    shares: [{ label: "Flex", path: share }],
    cities: [{ name: "Oakdale", shares: ["Flex"], ...city }],
    settings,
  });
  const scan = () => station.runtime.scanner.scan(station.settings.shares.servers[0] as never);
  const files = () => listShareFiles(station.catalog, {});
  const enqueue = () => enqueueReady({ services: station.services, jobService: station.runtime.jobService });
  return { share, station, scan, files, enqueue };
}

describe("recycle bins, snapshots and folders of the server", () => {
  const bins = [
    "@Recycle",
    "#recycle",
    "~snapshot",
    "System Volume Information",
    "$RECYCLE.BIN",
    ".Trash-1000",
    ".zfs",
  ];

  function filled(share: string): void {
    for (const bin of bins) {
      put(share, join(bin, "deleted.mp4"));
      put(share, join("2026", bin, "week 9", "deleted.mp4"));
    }
    for (const name of ["._council.mp4", "~$council.mp4"]) put(share, name);
    put(share, "2026/council.mp4");
    put(share, "Recycling Committee/council.mp4");
  }

  // Without any pattern that a person could have kept from the defaults.
  const settings = { intake: { include: ["**"], exclude: [] } };
  const taken = ["2026/council.mp4", "Recycling Committee/council.mp4"];

  test("are not discovered, though the settings exclude nothing", async () => {
    const { share, scan, files } = place({}, settings);
    filled(share);
    expect(await scan()).toMatchObject({ files: 2, added: 2 });
    expect(
      files()
        .map(({ path }) => path)
        .toSorted(),
    ).toEqual(taken);
  });

  test("that an earlier version has taken are gone with the next scan", async () => {
    const { share, station, scan, files } = place({}, settings);
    const file = put(share, "2026/council.mp4");
    await scan();
    mkdirSync(join(share, "#recycle"));
    renameSync(file, join(share, "#recycle", "council.mp4"));
    await scan();
    expect(files()).toMatchObject([{ path: "2026/council.mp4", state: "vanished" }]);
    expect(station.runtime.jobService.room()).toBe(100);
  });

  test("are left alone in a folder that is dropped", async () => {
    const { share, station } = place({}, settings);
    filled(share);
    symlinkSync(share, join(share, "2026", "round and round"));
    const dropped = await inspectFiles(station.services, [share]);
    expect(dropped.map(({ path }) => path)).toEqual(taken.map((path) => join(share, path)));
  });

  test("are not shown when the share is browsed", async () => {
    const { share, station } = place({}, settings);
    filled(share);
    const { entries } = await browse(station.services, share);
    expect(entries.map(({ name }) => name)).toEqual(["2026", "Recycling Committee"]);
    expect((await browse(station.services, join(share, "2026"))).entries.map(({ name }) => name)).toEqual([
      "council.mp4",
    ]);
  });
});

describe.each([
  ["a Mac has written the share", decomposed, composed],
  ["a Mac has written the settings", composed, decomposed],
] as const)("accents, where %s", (_, onDisk, typed) => {
  const folder = "Réunions";
  const fileName = "Séance publique 20260105.mp4";
  const city = {
    name: typed("Montréal"),
    folders: [typed(folder)],
    namePatterns: [typed("^(?<type>Séance) (?<title>.+) (?<date>\\d{8})$")],
    output: typed("{share}/Sous-titrés/{date}"),
  };

  test("folder, pattern and output place are the city's, and the file is opened as it is", async () => {
    const { share, station, scan, files, enqueue } = place(city);
    const path = join(share, onDisk(folder), onDisk(fileName));
    meetingAt(path);
    mkdirSync(join(share, onDisk("Sous-titrés")));
    for (let look = 0; look < 2; look++) await scan();
    expect(files()).toMatchObject([
      {
        path: `${onDisk(folder)}/${onDisk(fileName)}`,
        state: "ready",
        meetingDate: "2026-01-05",
        meetingType: composed("Séance"),
        title: "publique",
      },
    ]);
    const { jobs } = enqueue();
    // The same recording under the other spelling of its path is the same work.
    const other = join(share, typed(folder), typed(fileName));
    expect([station.add(other)]).toEqual(jobs);
    await station.runtime.start();
    await expect.poll(() => station.job(jobs[0] ?? "")?.state, { timeout: 120_000 }).toBe("completed");
    expect(readdirSync(share).toSorted()).toEqual([onDisk(folder), onDisk("Sous-titrés")].toSorted());
    expect(existsSync(join(share, onDisk("Sous-titrés"), "2026-01-05", onDisk(fileName.replace("mp4", "scc"))))).toBe(
      true,
    );
  });

  test("a share that shows the other spelling shows the same files", async () => {
    const { share, scan, files } = place({ ...city, folders: ["**"] });
    put(share, join(onDisk(folder), onDisk("Séance.mp4")));
    await scan();
    const [before] = files();
    renameSync(join(share, onDisk(folder)), join(share, typed(folder)));
    expect(await scan()).toMatchObject({ added: 0, vanished: 0 });
    expect(files()).toMatchObject([
      {
        id: before?.id,
        path: `${typed(folder)}/${onDisk("Séance.mp4")}`,
        reason: expect.stringMatching(/not a recording/),
      },
    ]);
  });

  test("two files whose names differ in nothing else are two files", async () => {
    const { share, scan, files } = place();
    const first = put(share, onDisk("Séance.mp4"));
    copyFileSync(first, join(share, typed("Séance.mp4")));
    utimesSync(join(share, typed("Séance.mp4")), 1_000, 1_000);
    for (let look = 0; look < 2; look++) await scan();
    expect(
      files()
        .map(({ path, state }) => `${path} ${state === "vanished"}`)
        .toSorted(),
    ).toEqual(["NFC", "NFD"].map((form) => `${"Séance.mp4".normalize(form)} false`).toSorted());
  });
});
