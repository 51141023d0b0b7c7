/** Schemas of whisper-host's messages, as native/whisper-host/PROTOCOL.md lists them. */
import { z } from "zod";
import { networkStepMs } from "../detection/network-detector.ts";

/** Version of the protocol that this client speaks. */
export const protocolVersion = 3;

const id = z.number().int();
const milliseconds = z.number().int().nonnegative();
const probability = z.number().min(0).max(1.0001);

const word = z.object({
  text: z.string(),
  start_ms: milliseconds,
  end_ms: milliseconds,
  probability,
  estimated: z.boolean(),
});

const hello = z.object({
  type: z.literal("hello"),
  protocol: z.number().int(),
  version: z.string(),
  whisper: z.string(),
  devices: z.array(z.object({ name: z.string(), description: z.string(), kind: z.enum(["cpu", "gpu"]) })),
  cpu_features: z.array(z.string()),
  physical_cores: z.number().int().positive(),
  level: z
    .object({ name: z.string(), refused: z.array(z.object({ name: z.string(), reason: z.string() })) })
    .optional(),
});

const segment = z.object({
  type: z.literal("segment"),
  id,
  index: z.number().int(),
  start_ms: milliseconds,
  end_ms: milliseconds,
  text: z.string(),
  no_speech_probability: probability,
  words: z.array(word),
  /** Index of the window, where several are transcribed at once. */
  window: z.number().int().nonnegative().optional(),
});

const window = z.object({
  type: z.literal("window"),
  id,
  window: z.number().int().nonnegative(),
  words: z.number().int(),
  names: z.number().int(),
  language: z.string(),
  failed: z.boolean(),
});

const loaded = z.object({
  type: z.literal("loaded"),
  id,
  elapsed_ms: milliseconds,
  model: z.object({
    kind: z.enum(["whisper", "parakeet"]).optional(),
    multilingual: z.boolean(),
    languages: z.array(z.string()).optional(),
    on_gpu: z.boolean(),
    notice: z.string().optional(),
  }),
});

const language = z.object({
  type: z.literal("language"),
  id,
  language: z.string(),
  probability,
  places: z.array(z.object({ language: z.string(), probability })),
});

const speech = z.object({
  type: z.literal("speech"),
  id,
  window_ms: z.literal(networkStepMs),
});

const probabilities = z.object({
  type: z.literal("probabilities"),
  id,
  values: z.array(z.number().int().min(0).max(1000)),
});

const measured = z.object({
  type: z.literal("measured"),
  id,
  window_ms: z.number().positive(),
  token_ms: z.number().positive(),
  shared_token_ms: z.number().positive(),
  at_once: z.number().int().positive(),
});

/** All messages that the host may send. */
export const hostMessageSchema = z.discriminatedUnion("type", [
  hello,
  loaded,
  z.object({ type: z.literal("unloaded"), id }),
  segment,
  window,
  language,
  speech,
  measured,
  probabilities,
  z.object({ type: z.literal("progress"), id, percent: z.number().min(0).max(100) }),
  z.object({ type: z.literal("heartbeat"), id, work: z.number().int().nonnegative() }),
  z.object({
    type: z.literal("done"),
    id,
    segments: z.number().int(),
    words: z.number().int(),
    language: z.string(),
    windows: z.number().int(),
  }),
  z.object({ type: z.literal("cancelling"), id }),
  z.object({ type: z.literal("error"), id: id.nullable(), code: z.string(), message: z.string() }),
]);

export type HostMessage = z.infer<typeof hostMessageSchema>;
export type HostHello = z.infer<typeof hello>;
export type HostSegment = z.infer<typeof segment>;

/** The messages that end a request successfully. */
export type HostAnswer = Extract<
  HostMessage,
  { type: "loaded" | "unloaded" | "done" | "language" | "speech" | "measured" }
>;
