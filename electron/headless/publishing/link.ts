/** `archivist cablecast link | conflicts | resolve` */
import { connectCablecast } from "../../cablecast/connect.ts";
import { settleConflict } from "../../cablecast/metadata/reconcile.ts";
import { linkCandidates } from "../../cablecast/sync/link-recordings.ts";
import { type FieldValue, fieldConflicts } from "../../catalog/repositories/cablecast-metadata.ts";
import { findServer } from "../../catalog/repositories/cablecast-shows.ts";
import { findLink, linkRecording } from "../../catalog/repositories/publishing.ts";
import { ArchivistError } from "../../contract/errors.ts";
import { toLinkSubject } from "../../publishing/synchronize.ts";
import type { Station } from "../../station.ts";
import { type QueueOptions, withQueue } from "../queue/open.ts";
import { interruptible } from "../terminal/interruption.ts";
import { printable, printJson, printResult } from "../terminal/print.ts";
import { table } from "../terminal/table.ts";
import { findTranscription } from "./find-transcription.ts";

function connect({ services }: Station) {
  const { settings, logs, secrets } = services;
  return connectCablecast({ settings: settings.cablecast, secrets, logger: logs.vod });
}

/** @param show id of the show; undefined: the candidates are listed */
export function linkCommand(id: string, show: number | undefined, options: QueueOptions): Promise<number> {
  return withQueue(options, "cablecast link", async (station) => {
    const row = findTranscription(station, id);
    if (show === undefined) {
      const server = findServer(station.catalog) ?? "";
      const link = findLink(station.catalog, server, row.recordingId);
      const candidates = linkCandidates(station.catalog, server, toLinkSubject(station.services, server, row));
      if (options.json)
        printJson({ transcription_id: row.id, recording: row.filename, link: link ?? null, candidates });
      else {
        const linked = link === undefined ? "not linked" : `show ${link.showId} (${link.reason})`;
        printResult(printable(`${row.filename}: ${linked}`));
        const rows = candidates.map((each) => [
          String(each.showId),
          each.score.toFixed(2),
          each.eventDate ?? "",
          each.reasons.join(", "),
          each.title,
        ]);
        if (rows.length > 0) printResult(table(["show", "score", "date", "why", "title"], rows));
        else printResult("No show that is known could be it. Fetch them: archivist cablecast sync");
      }
      return 0;
    }
    const client = connect(station);
    const { title } = await interruptible((signal) => client.show(show, signal));
    const link = { server: client.address, recordingId: row.recordingId, showId: show, reason: "by hand", score: 1 };
    linkRecording(station.catalog, link);
    if (options.json) printJson({ transcription_id: row.id, recording: row.filename, show_id: show, title });
    else printResult(printable(`${row.filename} is show ${show}, "${title}".`));
    return 0;
  });
}

const words = (value: FieldValue): string => (Array.isArray(value) ? value.join(", ") : String(value ?? ""));

export function conflictsCommand(options: QueueOptions): Promise<number> {
  return withQueue(options, "cablecast conflicts", ({ catalog }) => {
    const conflicts = fieldConflicts(catalog);
    if (options.json) printJson({ conflicts });
    else if (conflicts.length === 0) printResult("Nothing has to be decided.");
    else {
      for (const { recordingId, filename, field, ours, theirs } of conflicts) {
        printResult(printable(`${filename} (${recordingId.slice(0, 8)}): ${field}`));
        printResult(printable(`  ours    ${words(ours)}`));
        printResult(printable(`  theirs  ${words(theirs)}`));
      }
      printResult("Decide with: archivist cablecast resolve ID FIELD ours|theirs");
    }
    return 0;
  });
}

/** @param id beginning of the recording's id, as the list of conflicts shows it */
export function resolveCommand(
  id: string,
  field: string,
  side: "ours" | "theirs",
  options: QueueOptions,
): Promise<number> {
  return withQueue(options, "cablecast resolve", async (station) => {
    const { catalog, services } = station;
    const found = fieldConflicts(catalog).filter((each) => each.recordingId.startsWith(id) && each.field === field);
    const [conflict] = found;
    const link = conflict === undefined ? undefined : findLink(catalog, conflict.server, conflict.recordingId);
    if (conflict === undefined || found.length > 1 || link === undefined) {
      throw new ArchivistError("usage.invalid", {
        subject: `${id} ${field}`,
        cause: found.length > 1 ? "several recordings begin like this" : "there is nothing to decide about it",
        remedy: "See what there is: archivist cablecast conflicts.",
      });
    }
    const now = services.clock.now().toISOString();
    const client = connect(station);
    if (client.address !== conflict.server) {
      throw new ArchivistError("usage.invalid", {
        cause: `it is about ${conflict.server}, and the server is ${client.address} now`,
      });
    }
    await interruptible((signal) => {
      const deps = { client, catalog, settings: services.settings.cablecast, signal, now };
      return settleConflict(deps, conflict.recordingId, link.showId, field, side);
    });
    const value = side === "ours" ? conflict.ours : conflict.theirs;
    if (options.json) printJson({ recording_id: conflict.recordingId, field, value });
    else printResult(printable(`${conflict.filename}: ${field} is now "${words(value)}" on both sides.`));
    return 0;
  });
}
