/** Text columns whose value is one of a growing list. The database does not check the values; this column type does. */

import { z } from "zod";
import { ArchivistError } from "../../contract/errors.ts";
import { customType } from "../drizzle.ts";

/**
 * A column whose value is one of a list that may grow without a migration. A value that is not in the list is refused
 * before it is written (a ZodError: a bug in the program).
 * @throws ArchivistError `catalog.newer` when a row has an unknown value on reading: only a newer version writes those
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
