/** What a request of the legacy product may ask for; what cannot be done is refused in words, never left out. */
import { ArchivistError } from "../contract/errors.ts";
import type { TargetStage } from "../contract/jobs.ts";

export interface ProcessRequest {
  readonly episode_id?: string | undefined;
  readonly target_stage: TargetStage;
  readonly webhook_url?: string | null | undefined;
}

/**
 * Checks a request to process an episode.
 * @param pathId the episode in the path
 * @throws ArchivistError `legacy.unavailable`, `usage.invalid`
 */
export function requirePossible(request: ProcessRequest, pathId?: string): void {
  const { episode_id: episodeId, target_stage: target, webhook_url: webhook } = request;
  if (webhook !== undefined && webhook !== null && webhook !== "") {
    throw new ArchivistError("legacy.unavailable", {
      subject: "webhook_url",
      cause: "Archivist cannot call another program yet when work has ended",
      remedy: "Leave webhook_url out, and ask GET /async/jobs/{job_id} until the status is completed or failed.",
    });
  }
  if (target === "rendered") {
    throw new ArchivistError("legacy.unavailable", {
      subject: "target_stage",
      cause: "Archivist cannot render clips yet, so no episode gets to the stage rendered",
      remedy: "Ask for enriched (captions, summary and report) or published.",
    });
  }
  if (pathId !== undefined && episodeId !== undefined && episodeId !== pathId) {
    throw new ArchivistError("usage.invalid", {
      subject: "episode_id",
      cause: `the path names the episode ${pathId}, and the request ${episodeId}`,
      remedy: "Name the same episode in both, or leave episode_id out of the request.",
    });
  }
}

/** @throws ArchivistError `legacy.unavailable` always */
export function refuseClips(subject: string): never {
  throw new ArchivistError("legacy.unavailable", {
    subject,
    cause: "Archivist cannot find or render clips yet",
    remedy: "Cut clips in another program. The chapters of a meeting tell where its items begin.",
  });
}

/** @throws ArchivistError `legacy.unavailable` always */
export function refuseSignOn(subject: string): never {
  throw new ArchivistError("legacy.unavailable", {
    subject,
    cause: "Archivist does not sign in through another server yet",
    remedy: "People sign in on the first page. Programs send name and password to POST /api/session, and get a token.",
  });
}
