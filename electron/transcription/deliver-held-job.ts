/** The job kind `deliver`: brings files that waited for their share to the folder where they belong. */
import { mkdir, rm, rmdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { z } from "zod";
import type { WrittenRow } from "../catalog/repositories/library.ts";
import { listFiles } from "../catalog/repositories/library.ts";
import { findLastWriter, forgetWrittenFile, recordWrittenFile } from "../catalog/repositories/outputs.ts";
import { ArchivistError } from "../contract/errors.ts";
import { type FileKind, fileKinds } from "../contract/formats.ts";
import { sha256, writeFileAtomic } from "../platform/atomic-write.ts";
import { fileError, getErrno } from "../platform/file-errors.ts";
import { readIfPlain, readPlainFile } from "../platform/plain-files.ts";
import { renameExisting } from "../platform/rename-existing.ts";
import { withTimeout } from "../platform/with-timeout.ts";
import { defineJobKind, type JobKind } from "../queue/job-kind.ts";
import { requireInsideShare } from "../shares/inside-share.ts";
import type { StationServices } from "../station-services.ts";
import { findWantedPlace, getHeldFolder, listHeldFiles } from "./held-files.ts";

const payloadSchema = z.strictObject({ transcriptionId: z.string() });

export function createDeliverHeldJobKind(services: StationServices): JobKind {
  return defineJobKind({
    type: "deliver",
    payload: payloadSchema,
    steps: () => [{ name: "bring" }],
    run: ({ payload: { transcriptionId }, step, setJobFacts }) => {
      setJobFacts({ transcriptionId });
      return step("bring", () => bringHeldFiles(services, transcriptionId));
    },
  });
}

/**
 * Brings the files of a transcription that wait to where they belong, one after another, so that it can be repeated after
 * a crash. What a person has changed in the meantime is brought as it is; a file that stands in the way is put aside.
 * @returns where they are now, and the number of files
 * @throws ArchivistError `share.not-mounted`, `folder.not-writable`, `disk.full`, `disk.failed`
 */
export async function bringHeldFiles(
  services: StationServices,
  transcriptionId: string,
): Promise<{ readonly folder: string; readonly files: number }> {
  const place = findWantedPlace(services, transcriptionId);
  const held = listHeldFiles(services, transcriptionId);
  if (place === undefined || held.length === 0) return { folder: place?.folder ?? "", files: 0 };
  const problem = await services.findShareProblem(place.folder);
  if (problem !== undefined) {
    throw new ArchivistError("share.not-mounted", { subject: problem.share, remedy: problem.message });
  }
  const bring = async (): Promise<void> => {
    await requireInsideShare(services.settings.shares.servers, place.folder);
    await mkdir(place.folder, { recursive: true });
    for (const file of held) await bringFile(services, transcriptionId, file, place.folder);
  };
  try {
    await withTimeout(services.settings.media.stallSeconds, place.folder, bring());
  } catch (thrown) {
    throw fileError(thrown, place.folder, "write");
  }
  // It stays if a person has put something into it.
  await rmdir(getHeldFolder(services.folder, transcriptionId)).catch(() => undefined);
  return { folder: place.folder, files: held.length };
}

async function bringFile(
  { catalog }: StationServices,
  transcriptionId: string,
  held: WrittenRow,
  folder: string,
): Promise<void> {
  const target = join(folder, basename(held.path));
  const content = await readPlainFile(held.path).catch((thrown: unknown) => {
    if (getErrno(thrown) === "ENOENT") return undefined;
    throw thrown;
  });
  const newer = listFiles(catalog, transcriptionId).some(
    ({ path, writtenDate }) => path === target && writtenDate > held.writtenDate,
  );
  if (content !== undefined && !newer) {
    await putInPlace(catalog, target, content);
    const kind = z.enum(fileKinds).parse(held.kind) satisfies FileKind;
    recordWrittenFile(catalog, transcriptionId, {
      kind,
      path: target,
      sha256: held.sha256,
      version: held.version ?? 0,
    });
  }
  forgetWrittenFile(catalog, transcriptionId, held.path);
  await rm(held.path, { force: true });
}

async function putInPlace(catalog: StationServices["catalog"], target: string, content: Buffer): Promise<void> {
  const present = await readIfPlain(target).catch((thrown: unknown) => {
    if (getErrno(thrown) === "ENOENT") return "absent" as const;
    throw thrown;
  });
  // A link or a pipe in its place is put aside as it is.
  if (present === undefined) await renameExisting(target);
  else if (present !== "absent") {
    if (present.equals(content)) return;
    // Only what Archivist wrote and nobody has changed since is replaced.
    if (findLastWriter(catalog, target)?.digests.includes(sha256(present)) !== true) await renameExisting(target);
  }
  await writeFileAtomic(target, content);
}
