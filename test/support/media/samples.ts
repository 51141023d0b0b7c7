import { join } from "node:path";
import { inject } from "vitest";

/** Path of a media file that the global setup has created. */
export function sample(name: string): string {
  return join(inject("sampleFolder"), name);
}
