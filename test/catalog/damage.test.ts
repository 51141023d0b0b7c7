/** A catalog of which a part is damaged is noticed, at the start and at the first error, and not changed any more. */
import { closeSync, openSync, readFileSync, statSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findDamage } from "../../electron/catalog/integrity.ts";
import { type Catalog, openCatalog } from "../../electron/catalog/open.ts";
import { addDictionaryWord } from "../../electron/catalog/repositories/dictionary.ts";
import { insertJob } from "../../electron/catalog/repositories/jobs.ts";
import { listLibrary } from "../../electron/catalog/repositories/library.ts";
import { ArchivistError } from "../../electron/contract/errors.ts";
import { captioned, someCues } from "../support/captions/transcriptions.ts";
import { testHost } from "../support/station/host.ts";
import { temporaryFolder } from "../support/temporary.ts";

const pageBytes = 4_096;

/** A closed catalog with a few hundred pages in use. */
function someCatalog(): string {
  const folder = temporaryFolder();
  const file = join(folder, "catalog.db");
  const catalog = openCatalog(file, join(folder, "backups"));
  for (let number = 1; number <= 20; number++) captioned(catalog, someCues(200), number);
  catalog.close();
  return file;
}

function overwrite(file: string, page: number): void {
  const handle = openSync(file, "r+");
  writeSync(handle, Buffer.alloc(pageBytes, 0x55), 0, pageBytes, page * pageBytes);
  closeSync(handle);
}

const addWord = (catalog: Catalog): void =>
  addDictionaryWord(catalog, "*", { word: "Wayzata", addedBy: "Kim", addedDate: "2026-03-02" });

test("each damaged page is noticed, wherever it lies; a whole catalog is not complained of", async () => {
  const file = someCatalog();
  expect(await findDamage(file)).toBeUndefined();
  const whole = readFileSync(file);
  const pages = Math.floor(statSync(file).size / pageBytes);
  expect(pages).toBeGreaterThan(100);
  for (let page = 1; page < pages; page += Math.ceil(pages / 20)) {
    writeFileSync(file, whole);
    overwrite(file, page);
    expect(await findDamage(file), `page ${page}`).toBeTypeOf("string");
  }
});

test("after the first error nothing is changed, and what can be read can be read", () => {
  const file = someCatalog();
  const catalog = openCatalog(file, join(file, "../backups"));
  const seen: string[] = [];
  catalog.onDamage(({ code }) => seen.push(code));
  catalog.noteDamage("a page does not fit");
  catalog.noteDamage("another one");
  expect(seen).toEqual(["catalog.damaged"]);
  const damaged = expect.objectContaining({ code: "catalog.damaged" });
  expect(() => addWord(catalog)).toThrow(damaged);
  expect(() =>
    insertJob(catalog, { type: "backup", title: "b", payload: {}, priority: 3, createdDate: "2026-03-02" }),
  ).toThrow(damaged);
  expect(listLibrary(catalog, { sort: "date", descending: true, limit: 5, offset: 0 }).total).toBe(20);
  catalog.close();
});

test("a page that turns out to be damaged while it is read ends all writing", () => {
  const file = someCatalog();
  const whole = readFileSync(file);
  const pages = Math.floor(statSync(file).size / pageBytes);
  let noticed = 0;
  for (let page = 5; page < pages; page += Math.ceil(pages / 12)) {
    writeFileSync(file, whole);
    const catalog = openCatalog(file, join(file, "../backups"));
    overwrite(file, page);
    catalog.database.$client.pragma("shrink_memory");
    try {
      for (const table of ["cues", "words", "versions", "recordings", "transcriptions"]) {
        catalog.database.all(`SELECT * FROM ${table}`);
      }
    } catch (thrown) {
      if (!(thrown instanceof ArchivistError)) throw thrown;
      expect(thrown.code).toBe("catalog.damaged");
      expect(catalog.damage).toBe(thrown);
      expect(() => addWord(catalog)).toThrow(expect.objectContaining({ code: "catalog.damaged" }));
      noticed++;
    }
    catalog.close();
  }
  expect(noticed).toBeGreaterThan(0);
});

test("the station says so: in its health, and to whoever changes something; a backup can be restored", async () => {
  const host = await testHost();
  captioned(host.catalog, someCues(5));
  await host.runtime.start();
  host.catalog.noteDamage("a page does not fit");
  const client = await host.connect();
  const refused = { data: { code: "catalog.damaged", remedy: expect.stringMatching(/Restore a backup/) } };
  await expect(client.glossary.add({ city: "Oakdale", term: "Okafor" })).rejects.toMatchObject(refused);
  await expect(client.queue.pauseAll()).rejects.toMatchObject(refused);
  expect((await client.library.list({})).meetings).toHaveLength(1);
  const services = await client.station.services({ fresh: true });
  expect(services.find(({ name }) => name === "database")).toMatchObject({
    status: "error",
    detail: expect.stringMatching(/damaged/),
  });
  // Only the program around it can restart it here; the call itself is not refused.
  await expect(client.station.restore({ name: "no backup" })).rejects.toMatchObject({ data: { code: "host.unable" } });
  // Without an account nothing is learned but that it is not well.
  expect((await host.call("/api/health", { token: "" })).status).toBe(503);
});
