/** Serves the waveform of a recording by its id: 8-bit peaks in audiowaveform's format (`.dat`, version 1). */
import { join } from "node:path";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { findRecording } from "../../catalog/repositories/recordings.ts";
import { peaksFile } from "../../maintenance/peaks-file.ts";
import { openPlainFile } from "../../platform/plain-files.ts";
import type { ApiServices } from "../context.ts";

/** @param maySee whether the caller has signed in */
export function addPeaks(
  app: FastifyInstance,
  services: ApiServices,
  maySee: (request: FastifyRequest) => boolean,
): void {
  app.get("/peaks/:id", async (request, reply) => {
    if (!maySee(request)) return reply.status(401).send();
    const { station } = services;
    const recording = findRecording(station.catalog, (request.params as { id: string }).id);
    // The folder's name comes from the catalog, never from outside.
    const path = recording && peaksFile(join(station.folder.recordings, recording.id));
    const handle = path === undefined ? undefined : await openPlainFile(path).catch(() => undefined);
    if (handle === undefined) return reply.status(404).send({ message: "There is no waveform." });
    return reply
      .header("content-length", (await handle.stat()).size)
      .header("cache-control", "private, max-age=3600")
      .type("application/octet-stream")
      .send(handle.createReadStream());
  });
}
