/** The stages of a transcription, each with its own state. */
import { and, eq, sql } from "../drizzle.ts";
import type { Catalog } from "../open.ts";
import { transcriptionSteps } from "../schema.ts";

export interface StageRow {
  readonly name: string;
  readonly status: "running" | "completed" | "failed";
  /** Over all attempts, in milliseconds. */
  readonly elapsedMs: number;
}

export function listStages(catalog: Catalog, transcriptionId: string): readonly StageRow[] {
  return catalog.database
    .select({
      name: transcriptionSteps.name,
      status: transcriptionSteps.status,
      elapsedMs: transcriptionSteps.elapsedMs,
    })
    .from(transcriptionSteps)
    .where(eq(transcriptionSteps.transcriptionId, transcriptionId))
    .all();
}

export function beginStage(catalog: Catalog, transcriptionId: string, name: string): void {
  catalog.database
    .insert(transcriptionSteps)
    .values({ transcriptionId, name, status: "running" })
    .onConflictDoUpdate({
      target: [transcriptionSteps.transcriptionId, transcriptionSteps.name],
      set: { status: "running", attempts: sql`${transcriptionSteps.attempts} + 1`, completedDate: null },
    })
    .run();
}

/** Ends an attempt at a stage. `elapsedMs` is added to the time of earlier attempts. */
export function endStage(
  catalog: Catalog,
  transcriptionId: string,
  name: string,
  end: { readonly status: "completed" | "failed"; readonly elapsedMs: number; readonly date: string },
): void {
  catalog.database
    .update(transcriptionSteps)
    .set({
      status: end.status,
      elapsedMs: sql`${transcriptionSteps.elapsedMs} + ${Math.round(end.elapsedMs)}`,
      completedDate: end.status === "completed" ? end.date : null,
    })
    .where(and(eq(transcriptionSteps.transcriptionId, transcriptionId), eq(transcriptionSteps.name, name)))
    .run();
}
