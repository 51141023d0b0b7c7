/**
 * The caption file beside the video: exactly the video's base name, ending in .scc. That is all Cablecast needs to show
 * the captions on the channel, the live stream and the VOD.
 */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, parse } from "node:path";
import { ArchivistError } from "../../contract/errors.ts";
import { sha256, writeFileAtomic } from "../../lib/atomic-write.ts";
import { fileError } from "../../lib/file-errors.ts";
import { putAside } from "../../lib/put-aside.ts";
import type { Publication } from "../publication.ts";
import type { PublisherParts } from "./parts.ts";
import { uploadFile } from "./upload-file.ts";

/** Where the sidecar of a video is written; undefined: it is uploaded. @throws ArchivistError `publish.no-place` */
export function sidecarPath({ settings }: PublisherParts, publication: Publication, video: string): string | undefined {
  if (settings.sidecar === "upload") return undefined;
  const name = `${parse(basename(video)).name}.scc`;
  if (settings.contentFolder !== null) return join(settings.contentFolder, dirname(video.replaceAll("\\", "/")), name);
  // Beside the recording, where that is the video itself and not a copy under another name.
  if (basename(video) === basename(publication.path)) return join(dirname(publication.path), name);
  throw new ArchivistError("publish.no-place", {
    cause: `the server plays ${video}, and the recording is ${basename(publication.path)}: it is not known where the server's files lie`,
  });
}

/** @returns What was done; nothing where the file is as it should be */
export async function placeSidecar(
  parts: PublisherParts,
  publication: Publication,
  video: string,
): Promise<{ readonly changed: boolean; readonly detail: string }> {
  if (!publication.withCaptions) return { changed: false, detail: "no captions, as was asked" };
  const path = sidecarPath(parts, publication, video);
  if (path === undefined) return upload(parts, publication, video);
  try {
    const present = await readFile(path).catch(() => undefined);
    if (present !== undefined && sha256(present) === sha256(publication.scc))
      return { changed: false, detail: `${path} is there already` };
    // Somebody's own captions, or an older version of ours: they are kept under another name.
    const aside = present === undefined ? undefined : await putAside(path);
    await writeFileAtomic(path, publication.scc);
    return {
      changed: true,
      detail: `${path} was written${aside === undefined ? "" : `; the one before is ${basename(aside)}`}`,
    };
  } catch (thrown) {
    throw fileError(thrown, path, "write");
  }
}

async function upload(
  parts: PublisherParts,
  publication: Publication,
  video: string,
): Promise<{ readonly changed: boolean; readonly detail: string }> {
  const name = `${parse(basename(video)).name}.scc`;
  const folder = await mkdtemp(join(tmpdir(), "archivist-sidecar-"));
  try {
    const path = join(folder, name);
    await writeFile(path, publication.scc);
    await uploadFile(parts, path, name);
    return { changed: true, detail: `${name} was sent to the server` };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
