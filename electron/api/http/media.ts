/**
 * Serves recordings to players by id, so no path ever comes from outside. The file that the catalog names has to be a
 * regular file of a playable type and may not be a link that leads elsewhere.
 */
import { createReadStream } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { findRecording } from "../../catalog/repositories/recordings.ts";
import { getPreviewPath, needsPreview } from "../../maintenance/previews.ts";
import type { ApiServices } from "../context.ts";
import { parseRange } from "./range.ts";

/** MIME types by file extension; QuickTime files are opened like the MP4 files made from them. */
const types: Readonly<Record<string, string>> = {
  ".mp4": "video/mp4",
  ".m4v": "video/mp4",
  ".mov": "video/mp4",
  ".webm": "video/webm",
  ".mkv": "video/webm",
  ".mp3": "audio/mpeg",
  ".m4a": "audio/mp4",
  ".wav": "audio/wav",
  ".flac": "audio/flac",
  ".ogg": "audio/ogg",
};

/** The real path of a recording, or of its preview copy; undefined: there is nothing that may be played. */
async function playablePath({ station }: ApiServices, id: string): Promise<string | undefined> {
  const recording = findRecording(station.catalog, id);
  if (recording === undefined) return undefined;
  const path = needsPreview(station, recording.id) ? getPreviewPath(station, recording.id) : recording.filePath;
  if (types[extname(path).toLowerCase()] === undefined) return undefined;
  try {
    // A file that was replaced by a link leads outside of the folder it was found in.
    const [real, folder] = await Promise.all([realpath(path), realpath(dirname(path))]);
    return real === join(folder, basename(path)) ? real : undefined;
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
      const path = await playablePath(services, (request.params as { id: string }).id);
      const found = path === undefined ? undefined : await stat(path).catch(() => undefined);
      if (path === undefined || !found?.isFile()) return reply.status(404).send();
      return send(request, reply, path, found.size, found.mtime);
    },
  });
}

function send(request: FastifyRequest, reply: FastifyReply, path: string, size: number, modified: Date): FastifyReply {
  const range = parseRange(request.headers.range, size);
  reply
    .header("accept-ranges", "bytes")
    .header("content-type", types[extname(path).toLowerCase()] ?? "application/octet-stream")
    .header("last-modified", modified.toUTCString())
    .header("cache-control", "private, no-cache");
  if (range === "none") return reply.status(416).header("content-range", `bytes */${size}`).send();
  const { start, end } = range === "whole" ? { start: 0, end: size - 1 } : range;
  reply.header("content-length", Math.max(0, end - start + 1));
  if (range !== "whole") reply.status(206).header("content-range", `bytes ${start}-${end}/${size}`);
  if (request.method === "HEAD" || size === 0) return reply.send();
  return reply.send(createReadStream(path, { start, end }));
}
