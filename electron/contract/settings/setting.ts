/** The parts of every settings leaf: a default, a description for users, and the end of "it must be …". */
import { z } from "zod";

/** Metadata of a leaf of the schema. */
export const settingMetaSchema = z.object({ description: z.string(), mustBe: z.string() });
export type SettingMeta = z.infer<typeof settingMetaSchema>;

export function setting<T extends z.ZodType>(schema: T, description: string, mustBe: string): T {
  return schema.meta({ description, mustBe } satisfies SettingMeta) as T;
}

/** Absolute on POSIX, with a drive letter, or UNC: a relative path would depend on the working directory. */
export const absolutePath = z.string().regex(/^(\/|[A-Za-z]:[\\/]|\\\\)/);
export const optionalPath = absolutePath.nullable();

export const areUnique = (names: readonly string[]): boolean =>
  new Set(names.map((name) => name.toLowerCase())).size === names.length;
