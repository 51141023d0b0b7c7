/** A backup takes the catalog's place; what was there is never lost, and nothing half ever stands there. */
import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { backUpCatalog } from "../../electron/catalog/backup.ts";
import { openCatalog } from "../../electron/catalog/open.ts";
import { addTerms, listGlossaryTerms } from "../../electron/catalog/repositories/glossary.ts";
import {
  addPerson,
  addToken,
  changePerson,
  deleteTokens,
  findToken,
  listPeople,
} from "../../electron/catalog/repositories/people.ts";
import { listBackups, restoreBackup } from "../../electron/catalog/restore.ts";
import { someToken } from "../support/station/catalog.ts";
import { temporaryFolder } from "../support/temporary.ts";

const now = new Date("2026-03-09T12:00:00Z");

/** A catalog that knows more than its two backups: each day a name more. */
async function place() {
  const root = temporaryFolder();
  const [file, folder] = [join(root, "catalog.db"), join(root, "backups")];
  const catalog = openCatalog(file, folder);
  for (const day of ["Monday", "Tuesday", "Wednesday"]) {
    addTerms(catalog, "Oakdale", [{ term: day, kind: "other" }]);
    if (day !== "Wednesday")
      await backUpCatalog(catalog, folder, new Date(`2026-03-0${day === "Monday" ? 2 : 3}T02:00:00Z`), 14);
  }
  catalog.close();
  const names = (path = file): readonly string[] => {
    const opened = openCatalog(path, folder);
    try {
      return listGlossaryTerms(opened, "Oakdale").map(({ term }) => term);
    } finally {
      opened.close();
    }
  };
  return { root, file, folder, names };
}

describe("a backup", () => {
  test("is listed, the newest first, and nothing else is", async () => {
    const { folder } = await place();
    writeFileSync(join(folder, "notes.txt"), "");
    expect(listBackups(folder).map(({ name }) => name)).toEqual([
      "catalog-2026-03-03T02-00-00-000Z.db",
      "catalog-2026-03-02T02-00-00-000Z.db",
    ]);
    expect(listBackups(join(folder, "nowhere"))).toEqual([]);
  });

  test("takes the catalog's place; that stays, with everything, and so does the backup", async () => {
    const { file, folder, names } = await place();
    const aside = restoreBackup(file, folder, "newest", now);
    expect(names()).toEqual(["Monday", "Tuesday"]);
    expect(names(aside)).toEqual(["Monday", "Tuesday", "Wednesday"]);
    expect(restoreBackup(file, folder, "catalog-2026-03-02T02-00-00-000Z.db", now)).toBeDefined();
    expect(names()).toEqual(["Monday"]);
    expect(listBackups(folder)).toHaveLength(2);
  });

  test("takes the place of a catalog that is no database any more, with what SQLite left beside it", async () => {
    const { root, file, folder, names } = await place();
    writeFileSync(file, "This is no database.");
    writeFileSync(`${file}-wal`, "left behind");
    const aside = restoreBackup(file, folder, "newest", now) ?? "";
    expect(names()).toEqual(["Monday", "Tuesday"]);
    expect(readFileSync(aside, "utf8")).toBe("This is no database.");
    expect(readFileSync(`${aside}-wal`, "utf8")).toBe("left behind");
    expect(readdirSync(root).filter((name) => name.includes("part"))).toEqual([]);
  });

  test("is the newest that is whole; one that is not is refused by its name, and the catalog stays", async () => {
    const { root, file, folder, names } = await place();
    const [newest] = listBackups(folder);
    truncateSync(join(folder, newest?.name ?? ""), 5_000);
    expect(() => restoreBackup(file, folder, newest?.name ?? "", now)).toThrow(
      expect.objectContaining({ code: "backup.invalid" }),
    );
    expect(names()).toEqual(["Monday", "Tuesday", "Wednesday"]);
    expect(readdirSync(root).filter((name) => name.includes("part"))).toEqual([]);
    restoreBackup(file, folder, "newest", now);
    expect(names()).toEqual(["Monday"]);
  });

  test("brings back no account that was closed, no role, no password, and no sign-in", async () => {
    const { file, folder } = await place();
    const open = () => openCatalog(file, folder);
    const before = open();
    const olaf = addPerson(before, { name: "Olaf", passwordHash: "old", role: "admin" });
    addToken(before, someToken("t", olaf.id, "2026-03-02"));
    await backUpCatalog(before, folder, new Date("2026-03-05T02:00:00Z"), 14);
    changePerson(before, olaf.id, { role: "user", active: false, passwordHash: "new" });
    deleteTokens(before, olaf.id);
    addPerson(before, { name: "Anna", passwordHash: "a", role: "admin" });
    before.close();
    restoreBackup(file, folder, "newest", now);
    const after = open();
    expect(listPeople(after)).toMatchObject([
      { username: "Anna", role: "admin" },
      { username: "Olaf", role: "user", active: false, passwordHash: "new" },
    ]);
    expect(findToken(after, "t")).toBeUndefined();
    after.close();
    // Where nothing can be read of what is replaced, the backup's people stay, and nobody is signed in.
    writeFileSync(file, "This is no database.");
    restoreBackup(file, folder, "newest", new Date("2026-03-07T02:00:00Z"));
    const again = open();
    expect(listPeople(again)).toMatchObject([{ username: "Olaf", role: "admin" }]);
    expect(findToken(again, "t")).toBeUndefined();
    again.close();
  });

  test.each(["../catalog.db", "catalog-2026-03-02T02-00-00-000Z.db/..", "", "nothing.db", "/etc/passwd"])(
    "is none under the name %j",
    async (name) => {
      const { file, folder, names } = await place();
      expect(() => restoreBackup(file, folder, name, now)).toThrow(expect.objectContaining({ code: "backup.missing" }));
      expect(names()).toHaveLength(3);
    },
  );

  test("is not made up where there is none", async () => {
    const root = temporaryFolder();
    mkdirSync(join(root, "backups"));
    expect(() => restoreBackup(join(root, "catalog.db"), join(root, "backups"), "newest", now)).toThrow(
      expect.objectContaining({ code: "backup.missing" }),
    );
    expect(existsSync(join(root, "catalog.db"))).toBe(false);
  });

  test("whose pages are damaged inside is found out", async () => {
    const { file, folder, names } = await place();
    const [newest] = listBackups(folder);
    const path = join(folder, newest?.name ?? "");
    const bytes = readFileSync(path);
    bytes.fill(0xff, 4_096 * 3, 4_096 * 6);
    writeFileSync(path, bytes);
    expect(() => restoreBackup(file, folder, newest?.name ?? "", now)).toThrow(
      expect.objectContaining({ code: "backup.invalid" }),
    );
    expect(names()).toHaveLength(3);
  });
});
