/** The speech models of this machine: which there are and which to choose, downloads, and how fast they are here. */
import { z } from "zod";
import { quantizationNames } from "../model-quantization.ts";
import { dateTimeSchema, doneSchema, forAdmins, forUsers } from "./base.ts";

const downloadSchema = z.object({
  state: z.enum(["queued", "downloading", "verifying", "paused", "failed"]),
  receivedBytes: z.number(),
  totalBytes: z.number(),
  /** Why it failed, and what to do. */
  problem: z.object({ message: z.string(), remedy: z.string() }).nullable(),
});
export type DownloadView = z.infer<typeof downloadSchema>;

const importSchema = z.object({
  /** From 0 to 1; null: it is over. */
  progress: z.number().nullable(),
  /** Why it failed, or what is noteworthy about the model that is here, and what to do. */
  problem: z.string().nullable(),
});
export type ImportView = z.infer<typeof importSchema>;

const modelSchema = z.object({
  name: z.string(),
  /** `demo` knows the sample meeting only; `own` was put here by somebody. */
  origin: z.enum(["published", "own", "demo"]),
  bytes: z.number(),
  languages: z.string(),
  /** The license and whose work it is; null: not known. */
  license: z.string().nullable(),
  /** Memory that it needs while it works. */
  memoryBytes: z.number(),
  fits: z.boolean(),
  /** Minutes for an hour of a meeting on this machine; null: not measured, or not a published model. */
  minutesPerHour: z.number().nullable(),
  isInstalled: z.boolean(),
  /** True: its checksum was compared with the published one since the station was opened. */
  isVerified: z.boolean(),
  /** True: new meetings are transcribed with it. */
  isInUse: z.boolean(),
  /** A model of the same accuracy that is faster here; null: none. */
  fasterModel: z.string().nullable(),
  download: downloadSchema.nullable(),
  /** How far its import is, and what there is to say about it; null: nothing. */
  importing: importSchema.nullable(),
});
export type ModelView = z.infer<typeof modelSchema>;

const selfTestSchema = z.object({
  /** `needed`: not measured with this machine, engine and settings. `unavailable`: the engine cannot be measured. */
  state: z.enum(["needed", "running", "measured", "failed", "unavailable"]),
  /** From 0 to 1 while it is running. */
  progress: z.number().nullable(),
  measuredDate: dateTimeSchema.nullable(),
  processor: z.string().nullable(),
  engine: z.string().nullable(),
  /** Level of the processor's instructions that the engine computes at. */
  level: z.string().nullable(),
  problem: z.object({ message: z.string(), remedy: z.string() }).nullable(),
});
export type SelfTestView = z.infer<typeof selfTestSchema>;

const name = z.string().min(1).max(100);
const tag = { tags: ["models"] };

export const models = {
  list: forUsers.route({ method: "GET", path: "/api/models", ...tag }).output(
    z.object({
      models: z.array(modelSchema),
      /** The three to choose from, from the fastest to the most accurate, one of them recommended. */
      cards: z.array(
        z.object({ tier: z.enum(["fast", "balanced", "best"]), model: z.string(), isRecommended: z.boolean() }),
      ),
      /** True: settings name a model; false: the best one that is installed is used. */
      isChosen: z.boolean(),
      selfTest: selfTestSchema,
      /** Memory of this machine. */
      memoryBytes: z.number(),
    }),
  ),
  /**
   * Starts importing a model from a file or folder of the station's machine: of whisper.cpp, OpenAI, Hugging Face or
   * CTranslate2. Progress and errors appear in the list, under the name that is answered.
   */
  importModel: forAdmins
    .route({ method: "POST", path: "/api/models", ...tag })
    .input(
      z.object({
        path: z.string().min(1).max(4_096),
        /** Absent: by its checksum, else by the path. */
        name: name.optional(),
        quantize: z.enum(quantizationNames).optional(),
      }),
    )
    .output(z.object({ name: z.string() })),
  /** Ends an import that is running, or removes the message of one that is over. */
  dismissModelImport: forAdmins
    .route({ method: "DELETE", path: "/api/models/imports/{name}", ...tag })
    .input(z.object({ name: z.string().min(1).max(200) }))
    .output(doneSchema),
  /** Downloads a model after those that were asked for before, or resumes its download. */
  download: forAdmins
    .route({ method: "POST", path: "/api/models/{name}", ...tag })
    .input(z.object({ name }))
    .output(doneSchema),
  /** Stops a download; what has been received is kept. */
  pause: forAdmins
    .route({ method: "POST", path: "/api/models/{name}/pause", ...tag })
    .input(z.object({ name }))
    .output(doneSchema),
  /** Removes a model, or what has been received of it. */
  remove: forAdmins
    .route({ method: "DELETE", path: "/api/models/{name}", ...tag })
    .input(z.object({ name }))
    .output(doneSchema),
  /** Reads a model from end to end and compares its checksum with the published one. */
  verify: forAdmins
    .route({ method: "POST", path: "/api/models/{name}/verify", ...tag })
    .input(z.object({ name }))
    .output(z.object({ state: z.enum(["published", "whole"]) })),
  /** Measures this machine in about ten seconds, while no recording is transcribed. */
  startSelfTest: forAdmins.route({ method: "POST", path: "/api/self-test", ...tag }).output(doneSchema),
  cancelSelfTest: forAdmins.route({ method: "DELETE", path: "/api/self-test", ...tag }).output(doneSchema),
};
