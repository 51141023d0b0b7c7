/** The thread that checks a catalog. */
import { parentPort, workerData } from "node:worker_threads";
import BetterSqlite from "better-sqlite3";
import type { IntegrityAnswer, IntegrityRequest } from "./integrity.ts";
import { openSqlite } from "./sqlite.ts";

function check({ file }: IntegrityRequest): IntegrityAnswer {
  let database: BetterSqlite.Database | undefined;
  try {
    database = openSqlite(file, { readonly: true, fileMustExist: true });
    const found: unknown = database.pragma("quick_check(1)", { simple: true });
    return { problem: found === "ok" ? undefined : String(found) };
  } catch (thrown) {
    const isDamage = thrown instanceof BetterSqlite.SqliteError && /^SQLITE_(CORRUPT|NOTADB)/.test(thrown.code);
    return { problem: isDamage ? thrown.message : undefined };
  } finally {
    database?.close();
  }
}

parentPort?.postMessage(check(workerData as IntegrityRequest));
