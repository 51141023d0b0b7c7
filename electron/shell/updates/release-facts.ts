/**
 * What a signed update manifest says of itself, so that a genuine one cannot be passed off as another: for which file (that
 * is, which platform, processor and channel) it was made, its place in the order of all of them, and until when it counts.
 * Otherwise whoever holds the server could hand out an old one, or one of another channel, for ever.
 */
import { z } from "zod";

const releaseFactsSchema = z.object({
  /** Name of the manifest, such as `latest-linux-arm64.yml`. */
  file: z.string(),
  /** Grows with each signing. */
  sequence: z.number().int().positive(),
  /** ISO 8601. */
  expires: z.iso.datetime(),
});
export type ReleaseFacts = z.infer<typeof releaseFactsSchema>;

const key = "archivist";

/** Adds facts to a manifest, before it is signed. Facts that it has are replaced. */
export function addReleaseFacts(manifest: string, { file, sequence, expires }: ReleaseFacts): string {
  const plain = manifest.replace(new RegExp(`^${key}:\\n(?: .*\\n)*`, "m"), "").trimEnd();
  return `${plain}\n${key}:\n  file: ${file}\n  sequence: ${sequence}\n  expires: '${expires}'\n`;
}

export type FactsProblem = "none" | "other" | "expired" | "older";

/**
 * Judges the facts of a manifest whose signature is right.
 * @param manifest as it was parsed
 * @param asked name of the manifest that was asked for
 * @param seen the highest sequence number that was ever seen
 * @returns the facts, or what is wrong with them
 */
export function judgeReleaseFacts(
  manifest: unknown,
  { asked, seen, now }: { readonly asked: string; readonly seen: number; readonly now: Date },
): ReleaseFacts | FactsProblem {
  const facts = releaseFactsSchema.safeParse((manifest as Record<string, unknown>)[key]).data;
  if (facts === undefined) return "none";
  if (facts.file !== asked) return "other";
  if (facts.sequence < seen) return "older";
  return Date.parse(facts.expires) <= now.getTime() ? "expired" : facts;
}
