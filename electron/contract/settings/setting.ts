/** The parts of every settings leaf: a default, a description for users, and the end of "it must be …". */
import { z } from "zod";

/**
 * Who reaches the station over a network is not at its machine: what names programs, or folders that the station writes
 * to, is set on the machine itself. `never`: only there; `folders`: also over the network, inside of the folders that
 * `network.folders` names; `names`: over the network by name, not by path.
 */
const reaches = ["never", "folders", "names"] as const;

/** Metadata of a leaf of the schema. */
export const settingMetaSchema = z.object({
  description: z.string(),
  mustBe: z.string(),
  /** True: an address that may name a user and a secret. They are kept in the secret store, and never given back. */
  mayHoldCredentials: z.boolean().optional(),
  /** Absent: it may be set over the network. */
  overNetwork: z.enum(reaches).optional(),
});
export type SettingMeta = z.infer<typeof settingMetaSchema>;

type Traits = Omit<SettingMeta, "description" | "mustBe">;

export function setting<T extends z.ZodType>(schema: T, description: string, mustBe: string, traits: Traits = {}): T {
  return schema.meta({ description, mustBe, ...traits } satisfies SettingMeta) as T;
}

/** Absolute on POSIX, with a drive letter, or UNC: a relative path would depend on the working directory. */
export const absolutePath = z.string().regex(/^(\/|[A-Za-z]:[\\/]|\\\\)/);
export const optionalPath = absolutePath.nullable();

export const areUnique = (names: readonly string[]): boolean =>
  new Set(names.map((name) => name.toLowerCase())).size === names.length;
