/** Reads safetensors files: a length, a description in JSON, and the numbers (the format's README, "Format"). */
import { z } from "zod";
import { parseJson } from "./json-file.ts";
import { damaged, notWhisper, truncated } from "./refusals.ts";
import type { SourceFile } from "./source-file.ts";
import { countValues, type NumberType, numberBytes, type StoredTensor } from "./stored-tensor.ts";

/** The format allows 100 MB; a large Whisper model takes 150 kB. */
const maxHeaderBytes = 16 * 1024 ** 2;
/** A large Whisper model has 1,260. */
const maxTensors = 20_000;

const types: Readonly<Record<string, NumberType>> = {
  F64: "f64",
  F32: "f32",
  F16: "f16",
  BF16: "bf16",
  I8: "i8",
  I16: "i16",
  I32: "i32",
  I64: "i64",
};

const count = z.int().min(0);
const entrySchema = z.object({
  dtype: z.string(),
  shape: z.array(count).max(8),
  data_offsets: z.tuple([count, count]),
});
const headerSchema = z.record(z.string(), z.unknown());

/** True when the beginning of a file is that of a safetensors file. */
export function isSafetensors(head: Buffer, sizeBytes: number): boolean {
  return head.length > 8 && head[8] === 0x7b && head.readBigUInt64LE(0) + 8n <= BigInt(sizeBytes);
}

/**
 * Lists a file's tensors by name. Those of types that Whisper has no use for are left out.
 * @throws ArchivistError `model.invalid`, `model.truncated`
 */
export function readSafetensors(file: SourceFile): ReadonlyMap<string, StoredTensor> {
  const length = file.read(0, 8).readBigUInt64LE(0);
  if (length > BigInt(maxHeaderBytes))
    throw notWhisper(file.path, "its description is far longer than that of a Whisper model");
  const start = 8 + Number(length);
  const header = parseJson(file.read(8, Number(length)).toString("utf8"), headerSchema, file.path);
  const entries = Object.entries(header).filter(([name]) => name !== "__metadata__");
  if (entries.length > maxTensors)
    throw notWhisper(file.path, "it holds far more tables of weights than a Whisper model");
  const ranges: [from: number, to: number][] = [];
  const tensors = new Map<string, StoredTensor>();
  for (const [name, value] of entries) {
    const entry = entrySchema.safeParse(value);
    if (!entry.success) throw damaged(file.path, "the description of its weights cannot be read");
    const { dtype, shape, data_offsets: range } = entry.data;
    const [from, to] = range;
    if (to < from) throw damaged(file.path, "a table of weights ends before it begins");
    if (start + to > file.sizeBytes) throw truncated(file.path);
    ranges.push(range);
    const type = types[dtype];
    if (type === undefined) continue;
    if (countValues(shape, file.path) * numberBytes[type] !== to - from)
      throw damaged(file.path, "a table of weights has another size than its description says");
    tensors.set(name, { file, offset: start + from, type, shape });
  }
  requireNoOverlap(ranges, file);
  return tensors;
}

function requireNoOverlap(ranges: readonly (readonly [from: number, to: number])[], file: SourceFile): void {
  let end = 0;
  for (const [from, to] of ranges.toSorted(([a], [b]) => a - b)) {
    if (from < end) throw damaged(file.path, "two tables of weights lie on one another");
    end = to;
  }
}
