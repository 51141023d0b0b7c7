/**
 * Serves recordings to players by id, so no path ever comes from outside. The file that the catalog names has to be a
 * regular file of a playable type and may not be a link that leads elsewhere.
 */
import { type FileHandle, realpath } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { findMediaInfo, findRecording } from "../../catalog/repositories/recordings.ts";
import { getPreviewPath, needsPreview } from "../../maintenance/previews.ts";
import { getMediaType } from "../../media/playable.ts";
import { openPlainFile } from "../../platform/plain-files.ts";
import type { OnShare } from "../../shares/share-access.ts";
import type { ApiServices } from "../context.ts";
import { parseRange } from "./range.ts";

/** The file to play, and what it is. */
interface PlayableFile {
  readonly path: string;
  readonly type: string;
}

/** A recording, or its preview copy; undefined: there is nothing that may be played. */
async function findPlayable({ station }: ApiServices, id: string): Promise<PlayableFile | undefined> {
  const recording = findRecording(station.catalog, id);
  if (recording === undefined) return undefined;
  const isCopy = needsPreview(station, recording.id);
  const path = isCopy ? getPreviewPath(station, recording.id) : recording.filePath;
  const type = isCopy ? "video/mp4" : getMediaType(findMediaInfo(station.catalog, recording.id));
  if (type === undefined) return undefined;
  try {
    // A file that was replaced by a link leads outside of the folder it was found in.
    const resolve = () => Promise.all([realpath(path), realpath(dirname(path))]);
    const [real, folder] = await station.onShare(path, resolve);
    return real === join(folder, basename(path)) ? { path: real, type } : undefined;
  } catch {
    return undefined;
  }
}

/** @param mayWatch whether the caller has signed in */
export function addMedia(
  app: FastifyInstance,
  services: ApiServices,
  mayWatch: (request: FastifyRequest) => boolean,
): void {
  app.route({
    method: ["GET", "HEAD"],
    url: "/media/:id",
    exposeHeadRoute: false,
    handler: async (request, reply) => {
      if (!mayWatch(request)) return reply.status(401).send();
      const file = await findPlayable(services, (request.params as { id: string }).id);
      // The descriptor that was looked at is what is sent.
      const { onShare } = services.station;
      const open = (found: PlayableFile) =>
        onShare(found.path, () => openWithFacts(found), closeFile).catch(() => undefined);
      const opened = file && (await open(file));
      return opened === undefined ? reply.status(404).send() : send(request, reply, opened, onShare);
    },
  });
}

interface OpenedFile extends PlayableFile {
  readonly handle: FileHandle;
  readonly size: number;
  readonly modified: Date;
}

async function openWithFacts(file: PlayableFile): Promise<OpenedFile> {
  const handle = await openPlainFile(file.path);
  const { size, mtime } = await handle.stat();
  return { ...file, handle, size, modified: mtime };
}

const closeFile = ({ handle }: OpenedFile): void => void handle.close().catch(() => undefined);

/** Bytes that are read at once. */
const pieceBytes = 256 * 1024;

/** Reads a part of a file piece by piece: on a share that hangs, a player holds no thread for longer than the share's deadline. */
async function* readPieces(
  { handle, path }: OpenedFile,
  { start, end }: { readonly start: number; readonly end: number },
  onShare: OnShare,
): AsyncGenerator<Buffer> {
  for (let at = start; at <= end; ) {
    const length = Math.min(pieceBytes, end + 1 - at);
    const { bytesRead, buffer } = await onShare(path, () => handle.read(Buffer.allocUnsafe(length), 0, length, at));
    if (bytesRead === 0) return;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

async function send(
  request: FastifyRequest,
  reply: FastifyReply,
  opened: OpenedFile,
  onShare: OnShare,
): Promise<FastifyReply> {
  const { handle, type, size, modified } = opened;
  const range = parseRange(request.headers.range, size);
  reply
    .header("accept-ranges", "bytes")
    .header("content-type", type)
    .header("last-modified", modified.toUTCString())
    .header("cache-control", "private, no-cache");
  if (range === "none") {
    await handle.close();
    return reply.status(416).header("content-range", `bytes */${size}`).send();
  }
  const { start, end } = range === "whole" ? { start: 0, end: size - 1 } : range;
  reply.header("content-length", Math.max(0, end - start + 1));
  if (range !== "whole") reply.status(206).header("content-range", `bytes ${start}-${end}/${size}`);
  if (request.method === "HEAD" || size === 0) {
    await handle.close();
    return reply.send();
  }
  const stream = Readable.from(readPieces(opened, { start, end }, onShare), { objectMode: false });
  // Also when nobody has read from it. A read that hangs keeps the descriptor until it returns.
  stream.once("close", () => closeFile(opened));
  return reply.send(stream);
}
