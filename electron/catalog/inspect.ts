/** Reads a catalog without changing it: for `doctor`, while a station may be using it. */
import type BetterSqlite from "better-sqlite3";
import { z } from "zod";
import { catalogError } from "./open.ts";
import { openSqlite } from "./sqlite.ts";

const countSchema = z.object({ recordings: z.number(), transcriptions: z.number(), schema: z.number() });

/** @throws ArchivistError `catalog.unreadable` and others, like `openCatalog` */
export function inspectCatalog(file: string): z.infer<typeof countSchema> {
  let database: BetterSqlite.Database | undefined;
  try {
    database = openSqlite(file, { readonly: true, fileMustExist: true });
    const row: unknown = database
      .prepare(
        `SELECT (SELECT count(*) FROM recordings) AS recordings,
                (SELECT count(*) FROM transcriptions) AS transcriptions,
                (SELECT max(number) FROM migrations) AS schema`,
      )
      .get();
    return countSchema.parse(row);
  } catch (thrown) {
    throw catalogError(thrown, file);
  } finally {
    database?.close();
  }
}
