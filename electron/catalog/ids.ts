import { randomUUID } from "node:crypto";

/** A key for rows that may one day be merged from several machines. */
export function newId(): string {
  return randomUUID();
}
