/**
 * Read-only types for data that zod checks. zod's own `.readonly()` freezes what it parses and marks it in JSON schemas
 * as "never sent"; captions only need the compiler to refuse changes, so the types alone are read-only.
 */
import { z } from "zod";

/** A type with everything in it read-only. */
export type Immutable<T> = T extends readonly (infer Item)[]
  ? readonly Immutable<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Immutable<T[Key]> }
    : T;

/** A schema whose input and output types are read-only; it validates the same as the original schema. */
export type ImmutableSchema<T extends z.ZodType> = z.ZodType<Immutable<z.output<T>>, Immutable<z.input<T>>>;

/** The same schema with read-only types. */
export function immutable<T extends z.ZodType>(schema: T): ImmutableSchema<T> {
  return schema as ImmutableSchema<T>;
}

/** A schema of a list whose type is read-only. */
export function readonlyList<T extends z.ZodType>(item: T): z.ZodType<readonly z.output<T>[], readonly z.input<T>[]> {
  return z.array(item);
}
