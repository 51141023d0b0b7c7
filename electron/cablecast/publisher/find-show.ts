/** Which show on the server a recording is: by the link that is known, by its file, by our mark, by title and date. */
import { basename } from "node:path";
import { likeness } from "../../captions/text/edit-distance.ts";
import { listShowCandidates } from "../../catalog/repositories/cablecast-shows.ts";
import { findLink, linkRecording, recordingsOfShow } from "../../catalog/repositories/publishing.ts";
import { ArchivistError } from "../../contract/errors.ts";
import type { Publication } from "../../contract/publishing.ts";
import type { Show } from "../client/records.ts";
import { serverBaseName } from "../server-path.ts";
import type { PublisherDeps } from "./dependencies.ts";

/** What of a show is compared; of the server, or as it was last seen. */
export interface ComparedShow {
  readonly title: string;
  readonly cgTitle?: string | null | undefined;
  readonly eventDate?: string | null | undefined;
  readonly localId?: string | null | undefined;
  /** Seconds. */
  readonly totalRunTime?: number | null | undefined;
}

export interface Score {
  /** 0 to 1. */
  readonly score: number;
  readonly reasons: readonly string[];
}

export interface Candidate extends Score {
  readonly show: Show;
}

/** What of a publication is compared. */
export type LinkSubject = Pick<Publication, "recordingId" | "path" | "seconds" | "title" | "publicTitle" | "date">;

/** From this score on a show is taken without asking. */
export const sureScore = 0.9;
/** From this score on a show has to be looked at by somebody before another one is made. */
export const likelyScore = 0.6;

/** The mark by which a show of ours is known again, also when the answer to its creation was lost. */
export const toShowMark = (recordingId: string): string => `archivist-${recordingId.slice(0, 18)}`;

const toDay = (date: string | null | undefined): string | undefined => date?.slice(0, 10);
const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/** A server counts seconds its own way, and may cut the black at the end. */
export function isSameLength(a: number | null | undefined, b: number | null | undefined): boolean {
  // What is not known says nothing.
  return !a || !b || Math.abs(a - b) <= Math.max(10, 0.02 * Math.max(a, b));
}

const ourMark = /^archivist-/;

/** How well a show fits a recording. Pure. @param files names of the files that the show's reels play */
export function scoreShow(publication: LinkSubject, show: ComparedShow, files: readonly string[]): Score {
  const reasons: string[] = [];
  let score = 0;
  const take = (points: number, reason: string): void => {
    score = Math.max(score, points);
    reasons.push(reason);
  };
  const isOurs = show.localId === toShowMark(publication.recordingId);
  // Made for another recording: whatever else looks alike, it is not this one.
  if (!isOurs && ourMark.test(show.localId ?? "")) return { score: 0, reasons: [] };
  if (files.some((file) => serverBaseName(file) === basename(publication.path))) {
    if (isSameLength(show.totalRunTime, publication.seconds)) take(1, "it plays the same file");
    else take(0.7, "it plays a file of the same name, of another length");
  }
  if (isOurs) take(1, "Archivist made it for this recording");
  const isSameDay = toDay(show.eventDate) === publication.date || show.title.includes(publication.date);
  const titles = [show.title, show.cgTitle ?? ""].map(plain);
  const own = [publication.title, publication.publicTitle].map(plain);
  const nearest = Math.max(...titles.flatMap((title) => own.map((each) => likeness(title, each))));
  if (nearest === 1 && isSameDay) take(0.95, "the same title and date");
  else if (nearest > 0.8 && isSameDay) take(0.75, "a like title and the same date");
  else if (nearest === 1 && show.eventDate == null) take(0.65, "the same title, without a date");
  return { score, reasons };
}

/** The one that is clear; undefined: none is, or several are. Pure. @param candidates the likeliest first */
export function clearOne<T extends Score>(candidates: readonly T[]): T | undefined {
  const [best, second] = candidates;
  if (best === undefined || best.score < sureScore) return undefined;
  return second === undefined || second.score < best.score ? best : undefined;
}

/** Shows that could be it, the likeliest first. */
async function candidateShows(
  { catalog, client, signal }: PublisherDeps,
  publication: Publication,
): Promise<readonly Candidate[]> {
  const found = new Map<number, Show>();
  for (const words of new Set([publication.publicTitle, publication.title])) {
    for (const show of await client.searchShows(words, publication.location, signal)) found.set(show.id, show);
  }
  // What a search for words cannot find: a show by another title that plays the file.
  const { recordingId, path, date } = publication;
  const hints = { filename: basename(path), localId: toShowMark(recordingId), date };
  const known = listShowCandidates(catalog, hints).map(({ cablecastId }) => cablecastId);
  const others = known.filter((id) => !found.has(id));
  for (const show of await client.shows(others, signal)) found.set(show.id, show);
  const candidates: Candidate[] = [];
  for (const show of found.values()) {
    // A show is one meeting: what is linked to another recording is taken.
    if (recordingsOfShow(catalog, client.address, show.id).some((id) => id !== recordingId)) continue;
    const names: string[] = [];
    for (const reel of show.reels ?? []) {
      const { userFileName } = await client.reel(reel, signal);
      if (typeof userFileName === "string") names.push(userFileName);
    }
    candidates.push({ show, ...scoreShow(publication, show, names) });
  }
  return candidates.filter(({ score }) => score >= likelyScore).toSorted((a, b) => b.score - a.score);
}

/**
 * The show of a recording, if it is clear which one that is.
 * @returns undefined: there is none yet
 * @throws ArchivistError `publish.ambiguous`
 */
export async function findShow(
  deps: PublisherDeps,
  publication: Publication,
): Promise<{ readonly show: Show; readonly reason: string; readonly score: number } | undefined> {
  const link = findLink(deps.catalog, deps.client.address, publication.recordingId);
  if (link !== undefined) {
    try {
      return { show: await deps.client.show(link.showId, deps.signal), reason: link.reason, score: link.score };
    } catch (thrown) {
      // Removed on the server: it is looked for anew.
      if (!(thrown instanceof ArchivistError) || thrown.code !== "cablecast.not-found") throw thrown;
    }
  }
  const candidates = await candidateShows(deps, publication);
  // Somebody says that it is none of them; one that Archivist has made for it is it all the same.
  const own = candidates.filter(({ show }) => show.localId === toShowMark(publication.recordingId));
  if (candidates.length === 0 || (publication.isNewShow && own.length === 0)) return undefined;
  const clear = clearOne(publication.isNewShow ? own : candidates);
  if (clear !== undefined) return { show: clear.show, reason: clear.reasons.join(", "), score: clear.score };
  const list = candidates.map(({ show, reasons }) => `${show.id} "${show.title}" (${reasons.join(", ")})`).join("; ");
  throw new ArchivistError("publish.ambiguous", {
    subject: publication.title,
    cause: `it is not clear which show on the Cablecast server this recording is: ${list}`,
  });
}

/** The show of a recording; made where there is none. */
export async function ensureShow(
  deps: PublisherDeps,
  publication: Publication,
): Promise<{ readonly showId: number; readonly detail: string }> {
  const { catalog, client, signal } = deps;
  const found = await findShow(deps, publication);
  if (found !== undefined) {
    linkRecording(catalog, {
      server: client.address,
      recordingId: publication.recordingId,
      showId: found.show.id,
      reason: found.reason,
      score: found.score,
    });
    return { showId: found.show.id, detail: `show ${found.show.id}: ${found.reason}` };
  }
  const show = await client.createShow(
    {
      title: publication.title,
      cgTitle: publication.publicTitle,
      comments: publication.description,
      location: publication.location,
      eventDate: `${publication.date}T00:00:00`,
      localId: toShowMark(publication.recordingId),
    },
    signal,
  );
  linkRecording(catalog, {
    server: client.address,
    recordingId: publication.recordingId,
    showId: show.id,
    reason: "made by Archivist",
    score: 1,
  });
  return { showId: show.id, detail: `show ${show.id} was made` };
}
