/** `archivist meetings show MEETING`: what is known of it, what was changed, and which version everything holds. */
import { findFacts, listChanges } from "../../catalog/repositories/meeting-facts.ts";
import { requirePublishable } from "../../catalog/repositories/publishing.ts";
import { ArchivistError } from "../../contract/errors.ts";
import type { ChangedField } from "../../contract/meeting-facts.ts";
import type { Settings } from "../../contract/settings.ts";
import { findStanding } from "../../meetings/standing.ts";
import { type QueueOptions, withQueue } from "../queue/open.ts";
import { counted, printable, printJson, printResult } from "../terminal/print.ts";
import { formatTime } from "../terminal/times.ts";

type Standing = Awaited<ReturnType<typeof findStanding>>;

/** `title: Cuty Council → City Council` */
export const describeField = ({ field, before, after }: ChangedField): string =>
  `${field}: ${before ?? "none"} → ${after ?? "none"}`;

export function showCommand(id: string, options: QueueOptions): Promise<number> {
  return withQueue(options, "meetings show", async ({ catalog, settings, services }) => {
    const row = requirePublishable(catalog, id);
    const facts = findFacts(catalog, row.id);
    if (facts === undefined) throw new ArchivistError("meeting.unknown", { subject: id });
    const standing = await findStanding(services, row);
    const { filename, title, date, type, city, description, tags, people } = facts;
    const changes = listChanges(catalog, row.id);
    if (options.json) {
      const known = { title, date, type, city, description, tags, people };
      const log = changes.map(({ kind, fields, madeBy, madeDate }) => ({ kind, fields, by: madeBy, date: madeDate }));
      const about = { transcription_id: row.id, recording: filename, path: row.filePath };
      printJson({ ...about, ...known, ...standingJson(standing), changes: log });
      return 0;
    }
    const lines: readonly (readonly [string, string])[] = [
      ["meeting", row.id],
      ["recording", row.filePath],
      ["title", title ?? filename],
      ["date", date ?? "no date"],
      ["type", type ?? "none"],
      ["city", city ?? "none"],
      ["description", description ?? "made of the summary"],
      ["tags", tags.length === 0 ? "none of its own" : tags.join(", ")],
      ["people", people.length === 0 ? "none entered" : people.join(", ")],
      ...standingLines(standing, settings),
    ];
    for (const [name, value] of lines) printResult(printable(`${name.padEnd(12)} ${value}`));
    for (const { kind, fields, madeBy, madeDate } of changes) {
      printResult(printable(`${formatTime(madeDate, settings)}  ${kind} by ${madeBy}`));
      for (const field of fields) printResult(printable(`  ${describeField(field)}`));
    }
    return 0;
  });
}

function standingJson({ newestVersion, approval, unsavedEdits, summary, files, publications }: Standing) {
  return {
    newest_version: newestVersion,
    unsaved_edits: unsavedEdits,
    approval: approval === null ? null : { version: approval.number, by: approval.by, date: approval.date },
    summary: summary === null ? null : { version: summary.version, is_older: summary.isOlder },
    files: files.map(({ kind, path, version, isThere, isChanged, isOlder }) => ({
      kind,
      path,
      version,
      is_there: isThere,
      is_changed: isChanged,
      is_older: isOlder,
    })),
    publications: publications.map(({ target, vodId, url, status, version, isOlder, areFactsOlder }) => ({
      target,
      vod_id: vodId,
      url,
      status,
      version,
      is_older: isOlder,
      facts_are_older: areFactsOlder,
    })),
  };
}

const versionText = (version: number | null): string => (version === null ? "unknown version" : `version ${version}`);

function standingLines(standing: Standing, settings: Pick<Settings, "schedules">): (readonly [string, string])[] {
  const { newestVersion, approval, unsavedEdits, summary, files, publications } = standing;
  const edits = unsavedEdits === 0 ? "" : `; ${counted(unsavedEdits, "edit")} in no version yet`;
  const approved =
    approval === null
      ? "not approved"
      : `version ${approval.number} by ${approval.by}, ${formatTime(approval.date, settings)}`;
  return [
    ["captions", newestVersion === null ? "none" : `version ${newestVersion}${edits}`],
    ["approved", approved],
    ["summary", summary === null ? "none" : `${versionText(summary.version)}${summary.isOlder ? ", older" : ""}`],
    ...files.map(({ path, version, isThere, isChanged, isOlder }) => {
      const state = isThere ? (isChanged ? ", changed since" : isOlder ? ", older" : "") : ", not there";
      return ["file", `${path} (${versionText(version)}${state})`] as const;
    }),
    ...publications.map(({ target, vodId, url, status, version, isOlder, areFactsOlder }) => {
      const older = [...(isOlder ? ["older captions"] : []), ...(areFactsOlder ? ["older facts"] : [])];
      const about = [status, versionText(version), ...older].join(", ");
      return ["publication", `${target} ${vodId}: ${about}${url === null ? "" : `, ${url}`}`] as const;
    }),
  ];
}
