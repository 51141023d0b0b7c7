/** A catalog that cannot be read any more: a person is asked, and the newest backup that is whole takes its place. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { backUpCatalog } from "../../electron/catalog/backup.ts";
import { openCatalog } from "../../electron/catalog/open.ts";
import { addTerms, listGlossaryTerms } from "../../electron/catalog/repositories/glossary.ts";
import { describeDataFolder } from "../../electron/config/data-folder.ts";
import { startProgram } from "../support/electron/program.ts";
import { temporaryFolder } from "../support/temporary.ts";

/** A data folder whose catalog is no database any more, with a backup of the day before. */
async function damaged(hasBackup: boolean): Promise<string> {
  const dataFolder = temporaryFolder();
  const { catalogFile, backups } = describeDataFolder(dataFolder);
  mkdirSync(backups, { recursive: true });
  const catalog = openCatalog(catalogFile, backups);
  addTerms(catalog, "Oakdale", [{ term: "Lake Elmo", kind: "place" }]);
  if (hasBackup) await backUpCatalog(catalog, backups, new Date("2026-03-02T02:00:00Z"), 14);
  catalog.close();
  writeFileSync(catalogFile, "This is no database.".repeat(1_000));
  return dataFolder;
}

test("asked, and answered: the backup is restored, the station opens, and what was there is kept", async () => {
  const dataFolder = await damaged(true);
  const { happened, isReady } = await startProgram({
    dataFolder,
    prepare: ({ happened: own }) => void own.answers.push(1),
  });
  await isReady();
  expect(happened.questions[0]?.message).toBe("The catalog cannot be read.");
  const { catalogFile, backups } = describeDataFolder(dataFolder);
  const kept = readdirSync(backups).find((name) => name.startsWith("before-restore-")) ?? "";
  expect(readFileSync(join(backups, kept), "utf8")).toMatch(/^This is no database/);
  const catalog = openCatalog(catalogFile, backups, { asItIs: true });
  expect(listGlossaryTerms(catalog, "Oakdale").map(({ term }) => term)).toEqual(["Lake Elmo"]);
  catalog.close();
});

test("asked, and left: nothing is replaced", async () => {
  const dataFolder = await damaged(true);
  const { happened, notices } = await startProgram({ dataFolder });
  await expect.poll(() => happened.questions.length).toBe(1);
  expect(notices().at(-1)).toMatchObject({ kind: "failed" });
  expect(readFileSync(describeDataFolder(dataFolder).catalogFile, "utf8")).toMatch(/^This is no database/);
});

test("a catalog that a newer Archivist has written: the newest backup that this one can open is offered", async () => {
  const dataFolder = temporaryFolder();
  const { catalogFile, backups } = describeDataFolder(dataFolder);
  const catalog = openCatalog(catalogFile, backups);
  addTerms(catalog, "Oakdale", [{ term: "Lake Elmo", kind: "place" }]);
  await backUpCatalog(catalog, backups, new Date("2026-03-02T02:00:00Z"), 14);
  // What an update does, and the backup of the night after it.
  const newer = "INSERT INTO migrations (number, name, sha256) VALUES (999, 'later', 'x')";
  catalog.database.$client.exec(newer);
  await catalog.database.$client.backup(join(backups, "catalog-2026-03-03T02-00-00-000Z.db"));
  catalog.close();
  const { happened, isReady } = await startProgram({
    dataFolder,
    prepare: ({ happened: own }) => void own.answers.push(1),
  });
  await isReady();
  expect(happened.questions[0]?.message).toBe("The catalog was written by a newer Archivist.");
  const restored = openCatalog(catalogFile, backups, { asItIs: true });
  expect(listGlossaryTerms(restored, "Oakdale").map(({ term }) => term)).toEqual(["Lake Elmo"]);
  restored.close();
  expect(readdirSync(backups).some((name) => name.startsWith("before-restore-"))).toBe(true);
});

test("nobody is asked where there is no backup: the window says what to do", async () => {
  const dataFolder = await damaged(false);
  const { happened, notices } = await startProgram({ dataFolder });
  await expect
    .poll(() => notices().at(-1))
    .toMatchObject({ kind: "failed", remedy: expect.stringMatching(/backups restore/) });
  expect(happened.questions).toEqual([]);
});
