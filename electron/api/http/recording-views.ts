/**
 * Serves what the editor draws of a recording, by its id: the waveform (8-bit peaks in audiowaveform's format, `.dat`,
 * version 1), small pictures (a JPEG sheet), and where the shots change (`RecordingPictures` as JSON).
 */
import { join } from "node:path";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { findRecording } from "../../catalog/repositories/recordings.ts";
import { peaksFile } from "../../maintenance/peaks-file.ts";
import { getRecordingPictures, makesPictures } from "../../maintenance/pictures.ts";
import { openPlainFile } from "../../platform/plain-files.ts";
import type { ApiServices } from "../context.ts";

/** Seconds after which small pictures that are being made are asked for again. */
const retrySeconds = 30;

interface View {
  readonly type: string;
  /** @param recordingId an id of the catalog: the folder's name never comes from outside */
  readonly getPath: (station: ApiServices["station"], recordingId: string) => string;
  readonly missing: string;
}

const views: Readonly<Record<string, View>> = {
  peaks: {
    type: "application/octet-stream",
    getPath: ({ folder }, id) => peaksFile(join(folder.recordings, id)),
    missing: "There is no waveform.",
  },
  pictures: {
    type: "image/jpeg",
    getPath: (station, id) => getRecordingPictures(station, id).sheet,
    missing: "There are no small pictures.",
  },
  shots: {
    type: "application/json",
    getPath: (station, id) => getRecordingPictures(station, id).facts,
    missing: "There are no small pictures.",
  },
};

/** @param maySee whether the caller has signed in */
export function addRecordingViews(
  app: FastifyInstance,
  services: ApiServices,
  maySee: (request: FastifyRequest) => boolean,
): void {
  for (const [name, { type, getPath, missing }] of Object.entries(views)) {
    app.get(`/${name}/:id`, async (request, reply) => {
      if (!maySee(request)) return reply.status(401).send();
      const { station } = services;
      const recording = findRecording(station.catalog, (request.params as { id: string }).id);
      const handle = recording && (await openPlainFile(getPath(station, recording.id)).catch(() => undefined));
      if (handle === undefined) {
        const isComing = recording !== undefined && name === "shots" && makesPictures(station, recording.id);
        if (isComing) reply.header("retry-after", retrySeconds);
        return reply.status(404).send({ message: missing });
      }
      return reply
        .header("content-length", (await handle.stat()).size)
        .header("cache-control", "private, max-age=3600")
        .type(type)
        .send(handle.createReadStream());
    });
  }
}
