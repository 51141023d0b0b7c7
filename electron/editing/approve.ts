/** Approval of the newest captions of a meeting by a user. */
import { approveNewest } from "../catalog/repositories/library.ts";
import { ArchivistError } from "../contract/errors.ts";
import type { StationServices } from "../station-services.ts";

/**
 * Stores the approval of a transcription's newest version.
 * @param by name of the user
 * @throws ArchivistError `meeting.unknown` if there is no version yet
 */
export function approveCaptions(
  { catalog, clock }: Pick<StationServices, "catalog" | "clock">,
  transcriptionId: string,
  by: string,
): void {
  if (approveNewest(catalog, transcriptionId, by, clock.now().toISOString())) return;
  throw new ArchivistError("meeting.unknown", { subject: transcriptionId, cause: "it has no captions yet" });
}
