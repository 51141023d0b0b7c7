/** The decoded sound of a meeting, which takes much room: it goes when nothing of it is to be heard again. */
import type { Catalog } from "../../catalog/open.ts";
import { listJobs } from "../../catalog/repositories/jobs.ts";
import type { PublishableRow } from "../../catalog/repositories/publishing.ts";
import { openStates } from "../../contract/jobs.ts";
import type { StationServices } from "../../station-services.ts";
import { releaseSound } from "../../transcription/hearing/hear-span.ts";
import { hearAgainPayloadSchema } from "./payload.ts";

/** True if a part of the meeting is to be heard. */
function isWanted(catalog: Catalog, transcriptionId: string, exceptJobId: string | undefined): boolean {
  return listJobs(catalog, { states: openStates, types: ["hear_again"], limit: 1_000 }).some(
    ({ id, payload }) =>
      id !== exceptJobId &&
      hearAgainPayloadSchema.safeParse(JSON.parse(payload)).data?.transcriptionId === transcriptionId,
  );
}

/**
 * Deletes the decoded sound of a meeting, unless another part of it is to be heard.
 * @param exceptJobId a job that does not count: it is the one that ends
 */
export async function releaseUnneededSound(
  services: StationServices,
  row: PublishableRow,
  exceptJobId?: string,
): Promise<void> {
  if (!isWanted(services.catalog, row.id, exceptJobId)) await releaseSound(services, row.recordingId);
}
