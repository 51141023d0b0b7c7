/** Publishes a transcription, or looks again at what was published. */
import { z } from "zod";
import { listPublishableByPrefix } from "../catalog/repositories/publishing.ts";
import { ArchivistError } from "../contract/errors.ts";
import type { JobKind } from "../queue/job-kind.ts";
import type { StationServices } from "../station-services.ts";
import { publish } from "./publish.ts";
import { publishOptionsSchema } from "./publish-options.ts";
import { stepsOfTarget } from "./targets.ts";
import { verifyPublication } from "./verify.ts";

const payloadSchema = z.union([
  publishOptionsSchema.extend({ transcriptionId: z.string().min(1) }),
  // Only a look at what was published, by its row.
  z.strictObject({ verify: z.number().int() }),
]);

export function createPublishJobKind(services: StationServices): JobKind {
  const listSteps = (payload: unknown): readonly string[] => {
    const parsed = payloadSchema.parse(payload);
    return "verify" in parsed ? ["read back"] : stepsOfTarget(parsed.target ?? services.settings.publishing.target);
  };
  return {
    type: "publish",
    pool: "network",
    steps: listSteps,
    run: async ({ payload, signal, step, report, setJobFacts }) => {
      const parsed = payloadSchema.parse(payload);
      if ("verify" in parsed) {
        return step("read back", async () => ({ message: await verifyPublication(services, parsed.verify, signal) }));
      }
      const { transcriptionId, ...options } = parsed;
      const [row] = listPublishableByPrefix(services.catalog, transcriptionId);
      if (row === undefined) throw new ArchivistError("publish.unknown", { subject: transcriptionId });
      setJobFacts({ transcriptionId });
      const steps = listSteps(payload);
      return publish(
        services,
        row,
        options,
        (message, stage, share) => {
          report({ progress: (steps.indexOf(stage) + share) / steps.length, stage, message });
        },
        signal,
        step,
      );
    },
  };
}
