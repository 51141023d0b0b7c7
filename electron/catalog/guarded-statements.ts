/**
 * Makes every statement of the catalog say truly whether it is kept. better-sqlite3's `get` steps a statement to its first
 * row and then resets it; outside of a transaction the commit happens in the reset, and its error (a full disk, a failing
 * one) is told to nobody: a row is returned that does not exist. `all` and `run` step to the end, and do tell.
 */
import type BetterSqlite from "better-sqlite3";

type Statement = BetterSqlite.Statement<unknown[]>;

/** @param toError what is thrown in place of SQLite's error */
export function guardStatements(database: BetterSqlite.Database, toError: (thrown: unknown) => unknown): void {
  const guarded =
    <T>(run: (...params: unknown[]) => T) =>
    (...params: unknown[]): T => {
      try {
        return run(...params);
      } catch (thrown) {
        throw toError(thrown);
      }
    };
  const prepare = database.prepare.bind(database);
  const guard = (source: string): Statement => {
    const statement = guarded(() => prepare<unknown[]>(source))();
    const all = guarded(statement.all.bind(statement));
    const isWritingReader = statement.reader && !statement.readonly;
    return Object.assign(statement, {
      all,
      get: isWritingReader ? (...params: unknown[]) => all(...params)[0] : guarded(statement.get.bind(statement)),
      run: guarded(statement.run.bind(statement)),
    });
  };
  Object.assign(database, { prepare: guard });
}
