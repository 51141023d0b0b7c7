/**
 * Places the caption file beside the video: exactly the video's base name, ending in .scc. That is all Cablecast needs
 * to show the captions on the channel, the live stream and the VOD.
 */
import { lstat, mkdir, mkdtemp, rm, stat, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, parse } from "node:path";
import { dayMs } from "../../captions/time/durations.ts";
import { findSentSidecar, saveSentSidecar } from "../../catalog/repositories/cablecast-sent.ts";
import { ArchivistError } from "../../contract/errors.ts";
import type { Publication } from "../../contract/publishing.ts";
import { sha256, writeFileAtomic } from "../../platform/atomic-write.ts";
import { fileError } from "../../platform/file-errors.ts";
import { toComposed } from "../../platform/names.ts";
import { createPlainFile, readPlainFile } from "../../platform/plain-files.ts";
import { renameExisting } from "../../platform/rename-existing.ts";
import { serverBaseName, splitServerPath } from "../server-path.ts";
import type { PublisherDeps } from "./dependencies.ts";
import { uploadFile } from "./upload-file.ts";

export interface SidecarPlace {
  /** Path of the caption file. */
  readonly path: string;
  /** Path of the video that has to exist beside it. */
  readonly video: string;
}

/** Where the sidecar of a video is written; undefined: it is uploaded. @throws ArchivistError `publish.no-place` */
export function sidecarPlace(
  { settings }: PublisherDeps,
  publication: Publication,
  video: string,
): SidecarPlace | undefined {
  if (settings.sidecar === "upload") return undefined;
  const parts = splitServerPath(video);
  const serverName = parts.at(-1) ?? "";
  const place = (folder: string, base: string): SidecarPlace => {
    return { path: join(folder, `${parse(base).name}.scc`), video: join(folder, base) };
  };
  if (settings.contentFolder !== null) return place(join(settings.contentFolder, ...parts.slice(0, -1)), serverName);
  // Beside the recording, when that is the video itself and not a copy under another name.
  // It bears the name that it has here: the server may compose its accents in another way.
  const ownName = basename(publication.path);
  if (toComposed(serverName) === toComposed(ownName)) return place(dirname(publication.path), ownName);
  throw new ArchivistError("publish.no-place", {
    cause: `the server plays ${video}, and the recording is ${ownName}: it is not known where the server's files lie`,
  });
}

/** A caption file without its video is useless: the drive is not mounted, or it is another one. */
async function requireVideo({ video }: SidecarPlace): Promise<void> {
  const pathExists = await stat(video).then(
    (found) => found.isFile(),
    () => false,
  );
  if (pathExists) return;
  throw new ArchivistError("publish.no-place", {
    subject: video,
    cause: "the server's video is not there",
    remedy: "Mount the server's content drive, and check that cablecast.contentFolder is its folder.",
  });
}

/** Writes or uploads the sidecar. @returns What was done; nothing when the file is already correct */
export async function placeSidecar(
  deps: PublisherDeps,
  publication: Publication,
  video: string,
): Promise<{ readonly changed: boolean; readonly detail: string }> {
  if (!publication.withCaptions) return { changed: false, detail: "no captions, as was asked" };
  const place = sidecarPlace(deps, publication, video);
  if (place === undefined) return upload(deps, publication, video);
  await requireVideo(place);
  const { path } = place;
  try {
    const present = await readPlainFile(path).catch(() => undefined);
    if (present !== undefined && sha256(present) === sha256(publication.scc))
      return { changed: false, detail: `${path} is there already` };
    // Captions from another source, or an older version: they are kept under another name.
    const aside = present === undefined ? undefined : await renameExisting(path);
    await writeFileAtomic(path, publication.scc);
    return {
      changed: true,
      detail: `${path} was written${aside === undefined ? "" : `; the one before is ${basename(aside)}`}`,
    };
  } catch (thrown) {
    throw fileError(thrown, path, "write");
  }
}

/** Age after which a sidecar that the server has not detected is uploaded again. */
const noticedAfterMs = dayMs;

async function upload(
  deps: PublisherDeps,
  publication: Publication,
  video: string,
): Promise<{ readonly changed: boolean; readonly detail: string }> {
  const { catalog, client, clock } = deps;
  const name = `${parse(serverBaseName(video)).name}.scc`;
  const digest = sha256(publication.scc);
  const sent = findSentSidecar(catalog, client.address, video);
  const age = sent === undefined ? Number.POSITIVE_INFINITY : clock.now().getTime() - Date.parse(sent.sentDate);
  if (sent?.sha256 === digest && age < noticedAfterMs)
    return { changed: false, detail: `${name} has been sent already` };
  // The same path for the same captions, so that an interrupted upload is resumed.
  const folder = await makeOwnFolder(`archivist-sidecar-${digest.slice(0, 16)}`);
  try {
    const path = join(folder, name);
    // A fixed modification time, so that the upload is recognized when it is resumed.
    const file = await createPlainFile(path);
    await file.writeFile(publication.scc).finally(() => file.close());
    await utimes(path, sidecarTime, sidecarTime);
    await uploadFile(deps, path, name);
    saveSentSidecar(catalog, client.address, video, digest, clock.now().toISOString());
    return { changed: true, detail: `${name} was sent to the server` };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const sidecarTime = new Date(0);

/** A folder for temporary files. Where another user has taken the name, which can be guessed, it is one of another name. */
async function makeOwnFolder(name: string): Promise<string> {
  const path = join(tmpdir(), name);
  await mkdir(path, { recursive: true, mode: 0o700 }).catch(() => undefined);
  const found = await lstat(path).catch(() => undefined);
  const isOwn = found?.isDirectory() === true && (process.getuid === undefined || found.uid === process.getuid());
  return isOwn ? path : mkdtemp(`${path}-`);
}
