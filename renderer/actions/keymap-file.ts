/** Exports and imports a person's key bindings as a file, for use on another machine. */
import { z } from "zod";
import type { Keys } from "./action.ts";
import { currentId, useKeymap } from "./keymap.ts";
import { isReserved } from "./keys.ts";
import { editorActions } from "./registry.ts";

const keysSchema = z.array(z.string().regex(/^((Mod|Alt|Shift)\+){0,3}[A-Z][A-Za-z0-9]{0,30}$/)).max(4);
const fileSchema = z.object({
  format: z.literal("archivist-keys"),
  version: z.literal(1),
  /** By action id: only bindings that differ from the registry. */
  keys: z.record(z.string(), z.object({ review: keysSchema.exactOptional(), type: keysSchema.exactOptional() })),
});

export function keysAsText(): string {
  const { own } = useKeymap.getState();
  return `${JSON.stringify({ format: "archivist-keys", version: 1, keys: own }, null, 2)}\n`;
}

/** Result of loading a keymap file: what changed, and how many entries this version does not know. */
export interface LoadedKeys {
  readonly taken: number;
  readonly left: number;
}

/**
 * Replaces the person's own key bindings with those of a file.
 * @returns undefined if it is not a keymap file; nothing is changed then
 */
export function loadKeys(text: string): LoadedKeys | undefined {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return undefined;
  }
  const parsed = fileSchema.safeParse(data);
  if (!parsed.success) return undefined;
  const known = new Set<string>(editorActions.map(({ id }) => id));
  const isFree = ({ review = [], type = [] }: Keys): boolean => ![...review, ...type].some(isReserved);
  const all = Object.entries(parsed.data.keys).map(([id, keys]) => [currentId(id), keys] as const);
  const taken = all.filter(([id, keys]) => known.has(id) && isFree(keys));
  useKeymap.setState({ own: Object.fromEntries(taken) });
  return { taken: taken.length, left: all.length - taken.length };
}
