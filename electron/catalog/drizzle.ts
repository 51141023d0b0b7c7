/**
 * drizzle, as CommonJS. It has a hundred modules, and Node.js reads the package's 130 KB of `exports` anew for each that is
 * imported as an ES module: that takes four tenths of a second at every start. `require` reads them once.
 */
import { createRequire } from "node:module";

const load = createRequire(import.meta.url);
const orm = load("drizzle-orm") as typeof import("drizzle-orm");
const core = load("drizzle-orm/sqlite-core") as typeof import("drizzle-orm/sqlite-core");
const driver = load("drizzle-orm/better-sqlite3") as typeof import("drizzle-orm/better-sqlite3");

export const {
  and,
  asc,
  count,
  desc,
  eq,
  getTableColumns,
  getTableName,
  gt,
  gte,
  inArray,
  is,
  isNotNull,
  isNull,
  like,
  lt,
  lte,
  max,
  min,
  ne,
  notInArray,
  or,
  sql,
} = orm;
export const { SQLiteTable, customType, integer, primaryKey, real, sqliteTable, text } = core;
export const { drizzle } = driver;

export type { SQL, SQLWrapper } from "drizzle-orm";
export type { BetterSQLite3Database } from "drizzle-orm/better-sqlite3";
export type { SQLiteUpdateSetSource } from "drizzle-orm/sqlite-core";
