import { appendFileSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { addMoves, changeMove, unfinishedGroups } from "../../../electron/catalog/repositories/recording-standing.ts";
import { globs } from "../../../electron/shares/discovery/globs.ts";
import { finishMoves, hashFile, moveRecording } from "../../../electron/shares/life-cycle/move.ts";
import { type AgeingRecording, planLifeCycle } from "../../../electron/shares/life-cycle/plan.ts";
import { freshCatalog, someRecording } from "../../support/station/catalog.ts";
import { folderShare, put, settingsWith } from "../../support/station/shares.ts";
import { canMakeDisks, smallDisk } from "../../support/station/small-disk.ts";
import { temporaryFolder } from "../../support/temporary.ts";

const gigabyte = 1024 ** 3;
const shares = [
  folderShare("/mnt/flex-1", "Birchwood"),
  folderShare("/mnt/flex-2", "Secondary", "secondary"),
  folderShare("/mnt/flex-3", "Oakdale secondary", "secondary"),
  folderShare("/mnt/flex-4", "Archive", "archive"),
];
const { cities, lifeCycle } = settingsWith({
  cities: {
    members: [
      { name: "Birchwood", shares: ["Birchwood"] },
      { name: "Oakdale", shares: ["Birchwood", "Oakdale secondary"] },
    ],
  },
});
const recording = (more: Partial<AgeingRecording> = {}): AgeingRecording => ({
  fileId: 1,
  share: "Birchwood",
  path: "2026/council.mp4",
  size: gigabyte,
  ageDays: 40,
  city: "Birchwood",
  isPublished: true,
  isBeingEdited: false,
  isInWork: false,
  reference: undefined,
  ...more,
});
const roomy =
  (freeGigabytes: Readonly<Record<string, number>> = {}) =>
  (label: string) => ({
    isReady: freeGigabytes[label] !== -1,
    freeBytes: (freeGigabytes[label] ?? 100) * gigabyte,
  });
const plan = (recordings: readonly AgeingRecording[], more: Partial<Parameters<typeof planLifeCycle>[0]> = {}) =>
  planLifeCycle({ recordings, shares, cities: cities.members, rules: lifeCycle, getRoom: roomy(), ...more });

describe("which recordings move", () => {
  test.each<[string, Partial<AgeingRecording>, string | undefined]>([
    ["a new one stays", { ageDays: 29.9 }, undefined],
    ["after 30 days: to secondary", { ageDays: 30 }, "Secondary"],
    ["to the city's own secondary share first", { city: "Oakdale" }, "Oakdale secondary"],
    ["from secondary not before 90 days", { share: "Secondary", ageDays: 89 }, undefined],
    ["after 90 days: to the archive", { share: "Secondary", ageDays: 90 }, "Archive"],
    ["from the archive nowhere", { share: "Archive", ageDays: 1_000 }, undefined],
  ])("%s", (_, more, to) => {
    const { moves, refused } = plan([recording(more)]);
    expect(moves.map((move) => move.to.label)).toEqual(to === undefined ? [] : [to]);
    expect(refused).toEqual([]);
  });

  test.each<[string, Partial<AgeingRecording>, RegExp]>([
    ["being edited", { isBeingEdited: true }, /being edited/],
    ["in the queue", { isInWork: true }, /in the queue/],
    ["named by a reel", { reference: "reel 123" }, /Cablecast's reel 123 refers to it/],
    ["named by an asset", { reference: "asset 7" }, /asset 7/],
    ["not published", { isPublished: false }, /not been published/],
  ])("never one that is %s", (_, more, reason) => {
    const { moves, refused } = plan([recording(more)]);
    expect(moves).toEqual([]);
    expect(refused).toMatchObject([{ reason: expect.stringMatching(reason) }]);
  });

  test("unpublished ones move where the rule does not ask for it", () => {
    expect(
      plan([recording({ isPublished: false })], { rules: { ...lifeCycle, onlyPublished: false } }).moves,
    ).toHaveLength(1);
  });

  test("only as much as there is room for, counted together", () => {
    const getRoom = roomy({ Secondary: 3.5, "Oakdale secondary": -1 });
    const { moves, refused } = plan(
      [1, 2, 3].map((fileId) => recording({ fileId })),
      { getRoom },
    );
    expect(moves).toHaveLength(2);
    expect(refused).toMatchObject([{ reason: expect.stringMatching(/has room/) }]);
  });

  test("says that no share of the role is there, or none is ready", () => {
    expect(plan([recording()], { shares: shares.slice(0, 1) }).refused[0]?.reason).toMatch(
      /no share with the role secondary/,
    );
    const getRoom = roomy({ Secondary: -1, "Oakdale secondary": -1 });
    expect(plan([recording()], { getRoom }).refused[0]?.reason).toMatch(/is ready/);
  });
});

const isVideo = globs(settingsWith({}).intake.include);

describe("moving", () => {
  function place() {
    const from = temporaryFolder();
    const to = temporaryFolder();
    const video = put(from, "2026/council.mp4", Buffer.alloc(3_000_000, 7), 40 * 86_400);
    for (const ending of ["scc", "summary.md", "previous-1"]) put(from, `2026/council.${ending}`, ending);
    put(from, "2026/council-2.mp4", "another one");
    return { catalog: freshCatalog(), from, to: join(to, "2026"), video };
  }

  test("takes the sidecars along, keeps the times, and leaves others alone", async () => {
    const { catalog, from, to, video } = place();
    const { mtimeMs } = statSync(video);
    someRecording(catalog);
    await moveRecording({ catalog }, video, to, isVideo);
    expect(readdirSync(to).toSorted()).toEqual([
      "council.mp4",
      "council.previous-1",
      "council.scc",
      "council.summary.md",
    ]);
    expect(readdirSync(join(from, "2026"))).toEqual(["council-2.mp4"]);
    expect(Math.round(statSync(join(to, "council.mp4")).mtimeMs)).toBe(Math.round(mtimeMs));
    expect(unfinishedGroups(catalog)).toEqual([]);
  });

  test("never over another file of the same name, and nothing is touched then", async () => {
    const { catalog, from, to, video } = place();
    put(to, "council.scc", "somebody's captions");
    await expect(moveRecording({ catalog }, video, to, isVideo)).rejects.toMatchObject({ code: "file.exists" });
    expect(readFileSync(join(to, "council.scc"), "utf8")).toBe("somebody's captions");
    expect(readdirSync(join(from, "2026"))).toHaveLength(5);
    expect(readdirSync(to)).toEqual(["council.scc"]);
  });

  test.runIf(canMakeDisks)("onto a share that fills up: the originals stay, no half copy stays", async () => {
    await using disk = smallDisk(2);
    const { catalog, from, video } = place();
    await expect(moveRecording({ catalog }, video, disk.folder, isVideo)).rejects.toMatchObject({ code: "disk.full" });
    expect(readdirSync(join(from, "2026"))).toHaveLength(5);
    expect(readdirSync(disk.folder).filter((name) => name.includes("council.mp4"))).toEqual([]);
    expect(readFileSync(video)).toEqual(Buffer.alloc(3_000_000, 7));
  });

  test("of a recording that changes meanwhile fails, and the original stays", async () => {
    const { catalog, to, video } = place();
    const writing = setInterval(() => appendFileSync(video, "more"), 1);
    onTestFinished(() => clearInterval(writing));
    const moving = moveRecording({ catalog }, video, to, isVideo);
    await expect(moving).rejects.toMatchObject({ code: expect.stringMatching(/file\.changed|copy\.different/) });
    expect(existsSync(video)).toBe(true);
  });

  test("that was stopped can be done again", async () => {
    const { catalog, from, to, video } = place();
    const controller = new AbortController();
    controller.abort();
    await expect(moveRecording({ catalog, signal: controller.signal }, video, to, isVideo)).rejects.toMatchObject({
      code: "interrupted",
    });
    expect(readdirSync(to)).toEqual([]);
    await moveRecording({ catalog }, video, to, isVideo);
    expect(readdirSync(join(from, "2026"))).toEqual(["council-2.mp4"]);
  });

  const noted = async (from: string, to: string, groupId: string) => {
    const { size, mtimeMs } = statSync(from);
    return { fromPath: from, toPath: to, groupId, size, modifiedMs: Math.round(mtimeMs) };
  };

  test("that was cut short after all copies were verified is finished; one before that is taken back", async () => {
    const { catalog, to, video, from } = place();
    const copy = put(to, "council.mp4", readFileSync(video));
    const [verified] = addMoves(catalog, [await noted(video, copy, "a")]);
    changeMove(catalog, verified?.id ?? 0, { status: "verified", sha256: await hashFile(video) });
    const other = join(from, "2026/council-2.mp4");
    addMoves(catalog, [await noted(other, join(to, "council-2.mp4"), "b")]);
    put(to, ".council-2.mp4.archivist-part", "anoth");
    expect(await finishMoves({ catalog })).toBe(1);
    expect(existsSync(video)).toBe(false);
    expect(existsSync(other)).toBe(true);
    expect(readdirSync(to)).toEqual(["council.mp4"]);
    expect(unfinishedGroups(catalog)).toEqual([]);
  });

  test("that was cut short between two files takes none away from the others", async () => {
    const { catalog, to, video, from } = place();
    const sidecar = join(from, "2026/council.scc");
    const copy = put(to, "council.scc", readFileSync(sidecar));
    const [first] = addMoves(catalog, [
      await noted(sidecar, copy, "a"),
      await noted(video, join(to, "council.mp4"), "a"),
    ]);
    changeMove(catalog, first?.id ?? 0, { status: "verified", sha256: await hashFile(sidecar) });
    expect(await finishMoves({ catalog })).toBe(0);
    expect(existsSync(sidecar)).toBe(true);
    expect(readdirSync(to)).toEqual([]);
  });

  test.each<[string, (path: string) => void]>([
    ["longer", (path) => appendFileSync(path, "!")],
    ["of the same length", (path) => writeFileSync(path, readFileSync(path, "utf8").toUpperCase())],
  ])("whose original was made %s since is never finished: the change stays, the copy goes", async (_, change) => {
    const { catalog, to, from } = place();
    const sidecar = join(from, "2026/council.scc");
    const copy = put(to, "council.scc", readFileSync(sidecar));
    const [row] = addMoves(catalog, [await noted(sidecar, copy, "a")]);
    changeMove(catalog, row?.id ?? 0, { status: "verified", sha256: await hashFile(sidecar) });
    change(sidecar);
    const changed = readFileSync(sidecar, "utf8");
    for (let round = 0; round < 2; round++) expect(await finishMoves({ catalog })).toBe(0);
    expect(readFileSync(sidecar, "utf8")).toBe(changed);
    expect(existsSync(copy)).toBe(false);
  });

  test("whose copy has rotted since never costs the original", async () => {
    const { catalog, to, video } = place();
    const copy = put(to, "council.mp4", Buffer.alloc(3_000_000, 8));
    const [row] = addMoves(catalog, [await noted(video, copy, "a")]);
    changeMove(catalog, row?.id ?? 0, { status: "verified", sha256: await hashFile(video) });
    expect(await finishMoves({ catalog })).toBe(0);
    expect(existsSync(video)).toBe(true);
  });

  test("leaves another recording alone whose name begins in the same way", async () => {
    const { catalog, from, to, video } = place();
    for (const name of ["council.part2.mp4", "council.mov"]) put(from, `2026/${name}`);
    await moveRecording({ catalog }, video, to, isVideo);
    expect(readdirSync(join(from, "2026")).toSorted()).toEqual(["council-2.mp4", "council.mov", "council.part2.mp4"]);
  });
});
