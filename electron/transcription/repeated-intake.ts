/** A recording that is taken in again, with other facts: what nobody has set since is as the newer intake says. */
import type { Catalog } from "../catalog/open.ts";
import { addChange, findFacts, storeFacts } from "../catalog/repositories/meeting-facts.ts";
import type { ChangedField } from "../contract/meeting-facts.ts";
import type { MeetingInfo } from "./transcription-run.ts";

const names = ["title", "date", "type"] as const;

/** @param now ISO 8601 */
export function followRepeatedIntake(
  catalog: Catalog,
  transcriptionId: string,
  meeting: MeetingInfo | undefined,
  now: string,
): void {
  if (meeting === undefined) return;
  catalog.transaction(() => {
    const facts = findFacts(catalog, transcriptionId);
    if (facts === undefined) return;
    const fields: ChangedField[] = names.flatMap((field) => {
      const after = meeting[field];
      // A title is never taken away: a meeting without one is called like its file.
      if (after === undefined || (field === "title" && after === null)) return [];
      return facts.set.has(field) || after === facts[field] ? [] : [{ field, before: facts[field], after }];
    });
    if (fields.length === 0) return;
    const changed = Object.fromEntries(fields.map(({ field, after }) => [field, after]));
    storeFacts(catalog, transcriptionId, { ...facts, ...changed });
    addChange(catalog, transcriptionId, { kind: "changed", fields, madeBy: "Intake", madeDate: now });
  });
}
