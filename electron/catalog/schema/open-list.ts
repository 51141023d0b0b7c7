/** Text columns with one of the values of a list that grows: the database does not check them, this does. */
import { customType } from "drizzle-orm/sqlite-core";
import { z } from "zod";
import { ArchivistError } from "../../contract/errors.ts";

/**
 * A column whose value is one of a list that may get more values without a migration.
 * A value that is not in the list is refused before it is written (a ZodError: a fault of the program).
 * @throws ArchivistError `catalog.newer` when a row is read that has another value: only a newer version writes those
 */
export function openList<const T extends readonly [string, ...string[]]>(name: string, values: T) {
  const schema = z.enum(values);
  const column = customType<{ data: T[number]; driverData: string }>({
    dataType: () => "text",
    toDriver: (value) => schema.parse(value),
    fromDriver: (stored) => {
      const { data } = schema.safeParse(stored);
      if (data === undefined) throw new ArchivistError("catalog.newer", { subject: `${name}: ${stored}` });
      return data;
    },
  });
  return column(name);
}
