/** Users, and the tokens of the browsers and programs they have signed in with. */
import { asc, eq, lt, sql } from "../drizzle.ts";
import type { Catalog } from "../open.ts";
import { clientTokens, users } from "../schema.ts";

export type PersonRow = typeof users.$inferSelect;

export function countPeople(catalog: Catalog): number {
  return catalog.database.select({ count: sql<number>`count(*)` }).from(users).get()?.count ?? 0;
}

export function listPeople(catalog: Catalog): readonly PersonRow[] {
  return catalog.database.select().from(users).orderBy(asc(users.username)).all();
}

export function findPerson(catalog: Catalog, id: number): PersonRow | undefined {
  return catalog.database.select().from(users).where(eq(users.id, id)).get();
}

/** Names are compared without regard to case. */
export function findPersonByName(catalog: Catalog, name: string): PersonRow | undefined {
  return catalog.database.select().from(users).where(sql`lower(${users.username}) = lower(${name})`).get();
}

export interface NewPerson {
  readonly name: string;
  readonly passwordHash: string;
  readonly role: PersonRow["role"];
}

export function addPerson(catalog: Catalog, { name, passwordHash, role }: NewPerson): PersonRow {
  // The legacy table requires an email address; no mail is sent to this one.
  const email = `${name.toLowerCase()}@archivist.invalid`;
  return catalog.database.insert(users).values({ username: name, email, passwordHash, role }).returning().get();
}

export function changePerson(
  catalog: Catalog,
  id: number,
  change: Partial<Pick<PersonRow, "role" | "active" | "passwordHash" | "lastLogin">>,
): void {
  if (Object.keys(change).length > 0) catalog.database.update(users).set(change).where(eq(users.id, id)).run();
}

export interface TokenRow {
  readonly tokenHash: string;
  readonly userId: number;
  readonly now: string;
  readonly expiresDate: string;
}

export function addToken(catalog: Catalog, { tokenHash, userId, now, expiresDate }: TokenRow): void {
  catalog.transaction(() => {
    const { database } = catalog;
    database.delete(clientTokens).where(lt(clientTokens.expiresDate, now)).run();
    database.insert(clientTokens).values({ tokenHash, userId, createdDate: now, lastUsedDate: now, expiresDate }).run();
  });
}

/** Finds the user of a token that is still valid. */
export function findPersonByToken(catalog: Catalog, tokenHash: string, now: string): PersonRow | undefined {
  const row = catalog.database
    .select({ person: users, expiresDate: clientTokens.expiresDate })
    .from(clientTokens)
    .innerJoin(users, eq(users.id, clientTokens.userId))
    .where(eq(clientTokens.tokenHash, tokenHash))
    .get();
  return row !== undefined && row.expiresDate > now && row.person.active ? row.person : undefined;
}

export function deleteToken(catalog: Catalog, tokenHash: string): void {
  catalog.database.delete(clientTokens).where(eq(clientTokens.tokenHash, tokenHash)).run();
}

/** Called after a change of role or password: the user has to sign in again everywhere. */
export function deleteTokens(catalog: Catalog, userId: number): void {
  catalog.database.delete(clientTokens).where(eq(clientTokens.userId, userId)).run();
}
