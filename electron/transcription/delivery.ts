/** Writes the output files of a finished transcription; all content comes from the catalog, so this can be repeated. */
import { mkdir } from "node:fs/promises";
import { parse } from "node:path";
import { announceFile, findLastWriter, recordWrittenFile } from "../catalog/repositories/outputs.ts";
import type { FileKind, OutputFormat } from "../contract/formats.ts";
import { sha256, writeFileAtomic } from "../platform/atomic-write.ts";
import { fileError } from "../platform/file-errors.ts";
import { pathExists } from "../platform/path-exists.ts";
import { readIfPlain } from "../platform/plain-files.ts";
import { renameExisting } from "../platform/rename-existing.ts";
import { requireInsideShare } from "../shares/inside-share.ts";
import { type DeliverySubject, makeContents } from "./file-contents.ts";
import { numberedBase, outputPath } from "./output-names.ts";

export interface DeliveredFile {
  readonly kind: FileKind;
  readonly path: string;
}

export interface Delivery {
  readonly files: readonly DeliveredFile[];
  /** Existing files of other origin that were in the way, under their new names. */
  readonly renamed: readonly string[];
  /** Files that were edited since they were written, and were left unchanged. */
  readonly kept: readonly string[];
  /** The version of the captions that the files hold. */
  readonly version: number;
}

/**
 * Base name of the files: that of the recording, which Cablecast requires for a sidecar. A number is appended only if
 * another recording of the same name has its files in the same folder.
 */
async function baseName(subject: DeliverySubject, folder: string, kinds: readonly FileKind[]): Promise<string> {
  const wanted = parse(subject.path).name;
  const taken = async (base: string): Promise<boolean> => {
    for (const kind of kinds) {
      const path = outputPath(folder, base, kind);
      const writer = findLastWriter(subject.services.catalog, path);
      if (writer !== undefined && writer.recordingId !== subject.recordingId && (await pathExists(path))) return true;
    }
    return false;
  };
  for (let number = 1; ; number++) {
    const base = number === 1 ? wanted : numberedBase(wanted, number);
    if (!(await taken(base))) return base;
  }
}

/** What to do with a file of ours that was edited since it was written. */
export type EditedFilePolicy = "put-aside" | "keep";

type Presence = "absent" | "ours" | "same" | "edited" | "foreign";

/** Whether a file already exists, and who wrote it. */
async function presence({ services }: DeliverySubject, path: string, text: string): Promise<Presence> {
  if (!(await pathExists(path))) return "absent";
  // A link or a pipe in its place is not ours, and is put aside as it is.
  const content = await readIfPlain(path);
  if (content === undefined) return "foreign";
  const present = sha256(content);
  if (present === sha256(text)) return "same";
  const ours = findLastWriter(services.catalog, path);
  if (ours === undefined) return "foreign";
  return ours.digests.includes(present) ? "ours" : "edited";
}

/**
 * Writes the files of the newest captions.
 * @param edited new captions put an edited file aside; captions that are only delivered again leave it unchanged. A
 *   file that Archivist did not write is put aside in either case: it is not what was requested.
 * @throws ArchivistError `folder.not-writable`, `disk.full`, `captions.not-verified`
 */
export async function deliver(
  subject: DeliverySubject,
  folder: string,
  formats: readonly OutputFormat[],
  edited: EditedFilePolicy,
): Promise<Delivery> {
  const { texts, version } = makeContents(subject, formats);
  const { services, transcriptionId } = subject;
  const files: DeliveredFile[] = [];
  const aside: string[] = [];
  const kept: string[] = [];
  try {
    await requireInsideShare(services.settings.shares.servers, folder);
    await mkdir(folder, { recursive: true });
    const base = await baseName(subject, folder, [...texts.keys()]);
    for (const [kind, text] of texts) {
      const path = outputPath(folder, base, kind);
      files.push({ kind, path });
      const there = await presence(subject, path, text);
      if (there === "edited" && edited === "keep") kept.push(path);
      else {
        if (there === "edited" || there === "foreign") aside.push(await renameExisting(path));
        const file = { kind, path, sha256: sha256(text) };
        if (there !== "same") {
          announceFile(services.catalog, transcriptionId, file);
          await writeFileAtomic(path, text);
        }
        recordWrittenFile(services.catalog, transcriptionId, { ...file, version });
      }
    }
  } catch (thrown) {
    throw fileError(thrown, folder, "write");
  }
  return { files, renamed: aside, kept, version };
}
