/** The job that publishes a transcription, or verifies an earlier publication. */
import { z } from "zod";
import { listPublishableByPrefix } from "../catalog/repositories/publishing.ts";
import { ArchivistError } from "../contract/errors.ts";
import { defineJobKind, type JobKind } from "../queue/job-kind.ts";
import type { StationServices } from "../station-services.ts";
import { type PublishListener, publish } from "./publish.ts";
import { publishOptionsSchema } from "./publish-options.ts";
import { listTargetSteps } from "./targets.ts";
import { verifyPublication } from "./verify.ts";

const payloadSchema = z.union([
  publishOptionsSchema.extend({ transcriptionId: z.string().min(1) }),
  // Only verifies a publication, by its row id.
  z.strictObject({ verify: z.number().int() }),
]);

export function createPublishJobKind(services: StationServices): JobKind {
  return defineJobKind({
    type: "publish",
    payload: payloadSchema,
    steps: (payload) =>
      "verify" in payload
        ? [{ name: "read back" }]
        : listTargetSteps(payload.target ?? services.settings.publishing.target),
    run: async ({ payload, steps, signal, step, report, setJobFacts }) => {
      if ("verify" in payload) {
        return step("read back", async () => ({ message: await verifyPublication(services, payload.verify, signal) }));
      }
      const { transcriptionId, ...options } = payload;
      const [row] = listPublishableByPrefix(services.catalog, transcriptionId);
      if (row === undefined) throw new ArchivistError("publish.unknown", { subject: transcriptionId });
      setJobFacts({ transcriptionId });
      const onStep: PublishListener = (message, stage, share) => {
        const at = steps.findIndex(({ name }) => name === stage);
        report({ progress: (at + share) / steps.length, stage, message });
      };
      return publish(services, row, options, onStep, signal, step);
    },
  });
}
