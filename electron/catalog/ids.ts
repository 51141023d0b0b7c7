import { randomUUID } from "node:crypto";

/** A key that stays unique if rows of several machines are merged one day. */
export function newId(): string {
  return randomUUID();
}
