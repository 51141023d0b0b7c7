/**
 * Synchronizes a meeting's metadata between Archivist and a show: what only one side has changed goes to the other;
 * where both have changed, the station's rule decides; conflicts without a rule are kept for a person to decide.
 */
import type { Catalog } from "../../catalog/open.ts";
import {
  type FieldRecord,
  type FieldValue,
  findFields,
  saveFields,
} from "../../catalog/repositories/cablecast-metadata.ts";
import { ArchivistError } from "../../contract/errors.ts";
import type { ShowMetadata } from "../../contract/publishing.ts";
import type { Settings } from "../../contract/settings.ts";
import type { CablecastClient } from "../client/client.ts";
import type { Show } from "../client/records.ts";
import { type Decision, decide, isNothing, isSameValue } from "./decide.ts";
import { ourFields, ruleName, theirFields, withFields } from "./show-fields.ts";

export interface MetadataDeps {
  readonly client: CablecastClient;
  readonly catalog: Catalog;
  readonly settings: Settings["cablecast"];
  readonly signal?: AbortSignal | undefined;
  readonly now: string;
}

/** Dependencies for what can be done without requests to the server. */
type LocalMetadataDeps = Pick<MetadataDeps, "catalog" | "settings" | "now"> & {
  readonly client: Pick<CablecastClient, "address">;
};

export interface FieldPlan {
  readonly field: string;
  readonly before: FieldValue;
  readonly after: FieldValue;
  readonly decision: Exclude<Decision, "same">;
}

/** Fields that a person has just set: they go to the server, whatever the rule. */
export type RequestedFields = ReadonlySet<string>;

interface FieldDecision {
  readonly decision: Decision;
  readonly record: FieldRecord;
}

/** Decides what to do with each field, and the state to store for it. Pure. */
function decideFields(
  { settings, now }: Pick<MetadataDeps, "settings" | "now">,
  known: ReadonlyMap<string, FieldRecord>,
  metadata: ShowMetadata,
  show: Show,
  requested: RequestedFields,
): readonly FieldDecision[] {
  const { madeDate } = metadata;
  const generated = ourFields(metadata);
  const theirs = theirFields(show, generated.keys());
  return [...generated].map(([field, value]) => {
    const before = known.get(field);
    const ours = requested.has(field) ? value : (before?.chosen ?? value);
    const there = theirs.get(field) ?? null;
    // At the first comparison, our value is as old as the data that it was made from.
    const isUnchanged = before !== undefined && isSameValue(before.ours, ours);
    const oursDate = isUnchanged ? before.oursDate : before === undefined && !requested.has(field) ? madeDate : now;
    const theirsDate =
      before !== undefined && isSameValue(before.theirs, there) ? before.theirsDate : (show.lastModified ?? null);
    const sides = { base: before?.base, ours, oursDate, theirs: there, theirsDate };
    const isPushed = requested.has(field) && !isSameValue(ours, there);
    const decision = isPushed ? "push" : decide(settings.metadata[ruleName(field)], sides);
    const chosen = requested.has(field) ? value : before?.chosen;
    return { decision, record: { ...sides, field, chosen, conflict: decision === "ask" } };
  });
}

/** Returns what reconciling would do now; nothing is changed. */
export function planFields(
  deps: LocalMetadataDeps,
  recordingId: string,
  metadata: ShowMetadata,
  show: Show,
  requested: RequestedFields = new Set(),
): readonly FieldPlan[] {
  return decideFields(
    deps,
    findFields(deps.catalog, deps.client.address, recordingId),
    metadata,
    show,
    requested,
  ).flatMap(toFieldPlan);
}

function toFieldPlan({ decision, record: { field, ours, theirs } }: FieldDecision): readonly FieldPlan[] {
  if (decision === "same") return [];
  const [before, after] = decision === "push" ? [theirs, ours] : [ours, theirs];
  return [{ field, before, after, decision }];
}

export interface ReconcileResult {
  /** Changes that were made, and conflicts that a person has to decide (decision `ask`). */
  readonly done: readonly FieldPlan[];
  /** Fields that the server did not store as they were sent. */
  readonly refused: readonly string[];
}

/**
 * Synchronizes the fields of a show.
 * @param mayPush false: only the server's values are taken
 * @throws ArchivistError `cablecast.*`, `interrupted`
 */
export async function reconcile(
  deps: MetadataDeps,
  recordingId: string,
  metadata: ShowMetadata,
  show: Show,
  { requested = new Set(), mayPush = true }: { readonly requested?: RequestedFields; readonly mayPush?: boolean } = {},
): Promise<ReconcileResult> {
  const { catalog, client, signal } = deps;
  const judged = decideFields(deps, findFields(catalog, client.address, recordingId), metadata, show, requested);
  const pushed = new Map(
    mayPush
      ? judged.filter(({ decision }) => decision === "push").map(({ record }) => [record.field, record.ours] as const)
      : [],
  );
  let after = new Map<string, FieldValue>();
  if (pushed.size > 0) {
    await client.updateShow(show.id, (before) => withFields(before, pushed), signal);
    // Reads the show again, because it is not confirmed how servers store custom fields.
    after = new Map(theirFields(await client.show(show.id, signal), pushed.keys()));
  }
  const refused = [...pushed].filter(([field, value]) => !isSameValue(after.get(field), value)).map(([field]) => field);
  saveFields(
    catalog,
    client.address,
    recordingId,
    judged.map(({ decision, record }) => settled(record, decision, pushed, after)),
  );
  const done = judged
    .filter(
      ({ decision, record }) => decision !== "push" || (pushed.has(record.field) && !refused.includes(record.field)),
    )
    .flatMap(toFieldPlan);
  return { done, refused };
}

function settled(
  record: FieldRecord,
  decision: Decision,
  pushed: ReadonlyMap<string, FieldValue>,
  after: ReadonlyMap<string, FieldValue>,
): FieldRecord {
  if (decision === "same") return { ...record, base: record.ours };
  if (decision === "pull") {
    const { theirs } = record;
    return {
      ...record,
      base: theirs,
      ours: theirs,
      ...(isNothing(theirs) && record.base === undefined ? {} : { chosen: theirs }),
    };
  }
  const taken = after.get(record.field);
  if (!pushed.has(record.field) || !isSameValue(taken, record.ours)) return record;
  return { ...record, base: record.ours, theirs: record.ours };
}

/**
 * Settles a conflict as decided by a person who has seen both values.
 * @throws ArchivistError `publish.changed` when the server's value has changed since, `cablecast.*`
 */
export async function settleConflict(
  deps: MetadataDeps,
  recordingId: string,
  showId: number,
  field: string,
  side: "ours" | "theirs",
): Promise<void> {
  const { catalog, client, signal, now } = deps;
  const record = findFields(catalog, client.address, recordingId).get(field);
  if (record === undefined) return;
  const keep = (change: Partial<FieldRecord>): void =>
    saveFields(catalog, client.address, recordingId, [{ ...record, ...change }]);
  const there = async (): Promise<FieldValue> =>
    theirFields(await client.show(showId, signal), [field]).get(field) ?? null;
  const theirs = await there();
  if (!isSameValue(theirs, record.theirs)) {
    keep({ theirs, theirsDate: now });
    throw new ArchivistError("publish.changed", { subject: field });
  }
  const value = side === "ours" ? record.ours : theirs;
  if (side === "ours") {
    const values = new Map([[field, value]]);
    await client.updateShow(showId, (show) => withFields(show, values), signal);
    if (!isSameValue(await there(), value)) {
      throw new ArchivistError("cablecast.refused", { subject: field, cause: "the server did not take it" });
    }
  }
  keep({ base: value, ours: value, theirs: value, chosen: value, conflict: false });
}
