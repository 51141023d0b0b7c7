/**
 * What clients send over sockets and ports, looked at before the library reads it: a message that it cannot read would end
 * the station's process (ports), or write a stack to its journal for each (sockets).
 */
import { z } from "zod";

/** No client of ours sends a message with headers: neither files nor streams go this way. */
const noHeaders = z.record(z.string(), z.never()).optional();

const callSchema = z.object({
  i: z.union([z.string().max(100), z.number()]),
  t: z.literal(1).optional(),
  p: z.object({
    // As clients shorten it; the library appends it to an address of its own.
    u: z
      .string()
      .max(2_000)
      .refine((address) => address.startsWith("/") && URL.canParse(`orpc://localhost${address}`)),
    m: z.string().max(20).optional(),
    h: noHeaders,
    b: z.unknown(),
  }),
});
/** The end of a call: the caller does not want its answer any more. */
const endSchema = z.object({ i: z.union([z.string().max(100), z.number()]), t: z.literal(4) });
const messageSchema = z.union([callSchema, endSchema]);

/** Splits JSON from the bytes that may follow it. */
const delimiter = 0xff;

function toJson(raw: unknown): unknown {
  if (typeof raw === "string") return JSON.parse(raw);
  if (!(raw instanceof Uint8Array) && !(raw instanceof ArrayBuffer)) return raw;
  const bytes = Buffer.from(raw as Uint8Array);
  const end = bytes.indexOf(delimiter);
  return JSON.parse((end < 0 ? bytes : bytes.subarray(0, end)).toString("utf8"));
}

/** True for a message that the library can read. */
export function isWireMessage(raw: unknown): boolean {
  try {
    return messageSchema.safeParse(toJson(raw)).success;
  } catch {
    return false;
  }
}
