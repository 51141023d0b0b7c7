/** Which show a recording is, as far as the shows that were last seen tell: with a score and the reasons. */
import { basename } from "node:path";
import type { Catalog } from "../../catalog/open.ts";
import { showsThatMayBe } from "../../catalog/repositories/cablecast-shows.ts";
import { linkRecording } from "../../catalog/repositories/publishing.ts";
import { markOf } from "../publication.ts";
import { type Compared, clearOne, likelyScore, scoreShow } from "../publisher/find-show.ts";

export interface LinkCandidate {
  readonly showId: number;
  readonly title: string;
  readonly eventDate: string | null;
  readonly score: number;
  readonly reasons: readonly string[];
}

/** Shows that could be a recording, the likeliest first. */
export function linkCandidates(catalog: Catalog, recording: Compared): readonly LinkCandidate[] {
  const filename = basename(recording.path);
  const hints = { filename, localId: markOf(recording.recordingId), date: recording.date };
  return showsThatMayBe(catalog, hints)
    .map(({ cablecastId, title, publicTitle, eventDate, localId, playsFile }) => ({
      showId: cablecastId,
      title,
      eventDate,
      ...scoreShow(recording, { title, cgTitle: publicTitle, eventDate, localId }, playsFile ? [filename] : []),
    }))
    .filter(({ score }) => score >= likelyScore)
    .toSorted((a, b) => b.score - a.score || a.showId - b.showId);
}

export type LinkOutcome = "linked" | "unclear" | "none";

/** Links a recording to the one show that it clearly is. */
export function linkClearly(catalog: Catalog, recording: Compared): LinkOutcome {
  const candidates = linkCandidates(catalog, recording);
  if (candidates.length === 0) return "none";
  const clear = clearOne(candidates);
  if (clear === undefined) return "unclear";
  linkRecording(catalog, recording.recordingId, clear.showId, clear.reasons.join(", "), clear.score);
  return "linked";
}
