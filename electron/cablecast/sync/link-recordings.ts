/** Matches recordings to the shows of the last synchronization, with a score and the reasons. */
import { basename } from "node:path";
import type { Catalog } from "../../catalog/open.ts";
import { listShowCandidates } from "../../catalog/repositories/cablecast-shows.ts";
import { linkRecording, recordingsOfShow } from "../../catalog/repositories/publishing.ts";
import { clearOne, type LinkSubject, likelyScore, scoreShow, toShowMark } from "../publisher/find-show.ts";

export interface LinkCandidate {
  readonly showId: number;
  readonly title: string;
  readonly eventDate: string | null;
  readonly score: number;
  readonly reasons: readonly string[];
}

/** Lists shows that may match a recording, the most likely first. @param server whose shows are compared */
export function linkCandidates(catalog: Catalog, server: string, recording: LinkSubject): readonly LinkCandidate[] {
  const filename = basename(recording.path);
  const hints = { filename, localId: toShowMark(recording.recordingId), date: recording.date };
  return listShowCandidates(catalog, hints)
    .filter(({ cablecastId }) =>
      recordingsOfShow(catalog, server, cablecastId).every((id) => id === recording.recordingId),
    )
    .map(({ cablecastId, title, publicTitle, eventDate, localId, runtime, playsFile }) => ({
      showId: cablecastId,
      title,
      eventDate,
      ...scoreShow(
        recording,
        { title, cgTitle: publicTitle, eventDate, localId, totalRunTime: runtime },
        playsFile ? [filename] : [],
      ),
    }))
    .filter(({ score }) => score >= likelyScore)
    .toSorted((a, b) => b.score - a.score || a.showId - b.showId);
}

export type LinkOutcome = "linked" | "unclear" | "none";

/** Links a recording to a show, if there is one clear match. */
export function linkClearly(catalog: Catalog, server: string, recording: LinkSubject): LinkOutcome {
  const candidates = linkCandidates(catalog, server, recording);
  if (candidates.length === 0) return "none";
  const clear = clearOne(candidates);
  if (clear === undefined) return "unclear";
  linkRecording(catalog, {
    server,
    recordingId: recording.recordingId,
    showId: clear.showId,
    reason: clear.reasons.join(", "),
    score: clear.score,
  });
  return "linked";
}
