/** Serves a meeting's files for download: captions, summary, report. Addressed by meeting and name only. */
import { basename } from "node:path";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { findLibraryRow, listFiles } from "../../catalog/repositories/library.ts";
import { readPlainFile } from "../../platform/plain-files.ts";
import type { ApiServices } from "../context.ts";

/** RFC 8187: the name in any characters, and an ASCII fallback for old programs. */
function disposition(name: string): string {
  const plain = name.replace(/[^\w.() -]/g, "_");
  const escaped = encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${escaped}`;
}

/** @param mayRead whether the caller has signed in */
export function addFiles(
  app: FastifyInstance,
  services: ApiServices,
  mayRead: (request: FastifyRequest) => boolean,
): void {
  app.get("/files/:id/:name", async (request, reply) => {
    if (!mayRead(request)) return reply.status(401).send();
    const { id, name } = request.params as { id: string; name: string };
    const { catalog, onShare } = services.station;
    const files = findLibraryRow(catalog, id) === undefined ? [] : listFiles(catalog, id);
    const path = files.find((file) => basename(file.path) === name)?.path;
    const content =
      path === undefined ? undefined : await onShare(path, () => readPlainFile(path)).catch(() => undefined);
    if (content === undefined) return reply.status(404).send({ message: "There is no such file any more." });
    return reply
      .header("content-disposition", disposition(name))
      .header("cache-control", "private, no-cache")
      .type("application/octet-stream")
      .send(content);
  });
}
