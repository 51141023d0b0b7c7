/** Finds the show of a recording on the server: by the stored link, its file, Archivist's mark, or title and date. */
import { basename } from "node:path";
import { likeness } from "../../captions/text/edit-distance.ts";
import { listShowCandidates } from "../../catalog/repositories/cablecast-shows.ts";
import { findLink, linkRecording, recordingsOfShow } from "../../catalog/repositories/publishing.ts";
import { ArchivistError } from "../../contract/errors.ts";
import type { Publication } from "../../contract/publishing.ts";
import { toComposed } from "../../platform/names.ts";
import type { Show } from "../client/records.ts";
import { serverBaseName } from "../server-path.ts";
import type { PublisherDeps } from "./dependencies.ts";

/** The fields of a show that are compared, from the server or as last stored. */
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

/** The fields of a publication that are compared. */
export type LinkSubject = Pick<Publication, "recordingId" | "path" | "seconds" | "title" | "publicTitle" | "date">;

/** Minimum score to link a show without asking. */
export const sureScore = 0.9;
/** Minimum score from which a person has to check a show before another one is created. */
export const likelyScore = 0.6;

/** The mark that identifies a show that Archivist created, even when the response to its creation was lost. */
export const toShowMark = (recordingId: string): string => `archivist-${recordingId.slice(0, 18)}`;

const toDay = (date: string | null | undefined): string | undefined => date?.slice(0, 10);
const plain = (text: string): string =>
  toComposed(text)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/**
 * Compares lengths in seconds with a tolerance: servers count seconds differently, and may cut the black at the end.
 */
export function isSameLength(a: number | null | undefined, b: number | null | undefined): boolean {
  // An unknown length does not contradict.
  return !a || !b || Math.abs(a - b) <= Math.max(10, 0.02 * Math.max(a, b));
}

const ourMark = /^archivist-/;

/** Scores how well a show matches a recording. Pure. @param files names of the files that the show's reels play */
export function scoreShow(publication: LinkSubject, show: ComparedShow, files: readonly string[]): Score {
  const reasons: string[] = [];
  let score = 0;
  const take = (points: number, reason: string): void => {
    score = Math.max(score, points);
    reasons.push(reason);
  };
  const isOurs = show.localId === toShowMark(publication.recordingId);
  // Created for another recording: it cannot be this one, however similar.
  if (!isOurs && ourMark.test(show.localId ?? "")) return { score: 0, reasons: [] };
  if (files.some((file) => toComposed(serverBaseName(file)) === toComposed(basename(publication.path)))) {
    if (isSameLength(show.totalRunTime, publication.seconds)) take(1, "it plays the same file");
    else take(0.7, "it plays a file of the same name, of another length");
  }
  if (isOurs) take(1, "Archivist made it for this recording");
  const { date } = publication;
  const isSameDay = date !== null && (toDay(show.eventDate) === date || show.title.includes(date));
  const titles = [show.title, show.cgTitle ?? ""].map(plain);
  const own = [publication.title, publication.publicTitle].map(plain);
  const nearest = Math.max(...titles.flatMap((title) => own.map((each) => likeness(title, each))));
  if (nearest === 1 && isSameDay) take(0.95, "the same title and date");
  else if (nearest > 0.8 && isSameDay) take(0.75, "a like title and the same date");
  else if (nearest === 1 && show.eventDate == null) take(0.65, "the same title, without a date");
  return { score, reasons };
}

/** The one clear candidate; undefined when there is none, or several. Pure. @param candidates most likely first */
export function clearOne<T extends Score>(candidates: readonly T[]): T | undefined {
  const [best, second] = candidates;
  if (best === undefined || best.score < sureScore) return undefined;
  return second === undefined || second.score < best.score ? best : undefined;
}

/** Lists the shows that may match, the most likely first. */
async function candidateShows(
  { catalog, client, signal }: PublisherDeps,
  publication: Publication,
): Promise<readonly Candidate[]> {
  const found = new Map<number, Show>();
  for (const words of new Set([publication.publicTitle, publication.title])) {
    for (const show of await client.searchShows(words, publication.location, signal)) found.set(show.id, show);
  }
  // Finds what a text search cannot: a show with another title that plays the file.
  const { recordingId, path, date } = publication;
  const hints = { filename: basename(path), localId: toShowMark(recordingId), date };
  const known = listShowCandidates(catalog, hints).map(({ cablecastId }) => cablecastId);
  const others = known.filter((id) => !found.has(id));
  for (const show of await client.shows(others, signal)) found.set(show.id, show);
  const candidates: Candidate[] = [];
  for (const show of found.values()) {
    // A show is one meeting: a show that is linked to another recording is taken.
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
 * Finds the show of a recording, if there is one clear match.
 * @returns undefined when there is none yet
 * @throws ArchivistError `publish.ambiguous`
 */
export async function findShow(
  deps: PublisherDeps,
  publication: Publication,
): Promise<{ readonly show: Show; readonly reason: string; readonly score: number } | undefined> {
  if (publication.chosenShow !== undefined) return takeChosenShow(deps, publication, publication.chosenShow);
  const link = findLink(deps.catalog, deps.client.address, publication.recordingId);
  if (link !== undefined) {
    try {
      const show = await deps.client.show(link.showId, deps.signal);
      const isOurs = show.localId === toShowMark(publication.recordingId);
      // A new show is made only once, however often its publication is repeated.
      if (isOurs || !publication.isNewShow) return { show, reason: link.reason, score: link.score };
    } catch (thrown) {
      // Removed on the server: search again.
      if (!(thrown instanceof ArchivistError) || thrown.code !== "cablecast.not-found") throw thrown;
    }
  }
  const candidates = await candidateShows(deps, publication);
  // With `isNewShow` all candidates were rejected; only a show that Archivist created for this recording counts.
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

/** The show that a user has chosen by its number. @throws ArchivistError `cablecast.not-found`, `publish.show-taken` */
async function takeChosenShow(
  { catalog, client, signal }: PublisherDeps,
  { recordingId }: Publication,
  showId: number,
): Promise<{ readonly show: Show; readonly reason: string; readonly score: number }> {
  const show = await client.show(showId, signal);
  const isLinkedElsewhere = recordingsOfShow(catalog, client.address, showId).some((id) => id !== recordingId);
  const isOfAnother = ourMark.test(show.localId ?? "") && show.localId !== toShowMark(recordingId);
  if (isLinkedElsewhere || isOfAnother) {
    throw new ArchivistError("publish.show-taken", { subject: `show ${showId} "${show.title}"` });
  }
  return { show, reason: "chosen by hand", score: 1 };
}

/** @throws ArchivistError `publish.blocked` when the date of the meeting is not known */
export function requireDate({ title, date }: Pick<Publication, "title" | "date">): string {
  if (date !== null) return date;
  throw new ArchivistError("publish.blocked", { subject: title, cause: "the date of the meeting is not known" });
}

/** Returns the show of a recording; creates it when there is none. */
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
      eventDate: `${requireDate(publication)}T00:00:00`,
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
