/** Users, and the tokens of the browsers and programs they have signed in with. */
import { and, asc, desc, eq, lt, ne, sql } from "../drizzle.ts";
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

export type TokenRow = typeof clientTokens.$inferSelect;

/** Stores a token, and forgets those that have expired. */
export function addToken(catalog: Catalog, token: TokenRow): void {
  catalog.transaction(() => {
    const { database } = catalog;
    database.delete(clientTokens).where(lt(clientTokens.expiresDate, token.createdDate)).run();
    database.insert(clientTokens).values(token).run();
  });
}

/** Finds a token with its user, whatever has become of the two. */
export function findToken(
  catalog: Catalog,
  tokenHash: string,
): { readonly person: PersonRow; readonly token: TokenRow } | undefined {
  return catalog.database
    .select({ person: users, token: clientTokens })
    .from(clientTokens)
    .innerJoin(users, eq(users.id, clientTokens.userId))
    .where(eq(clientTokens.tokenHash, tokenHash))
    .get();
}

/** The tokens of a user, the one used last first. */
export function listTokens(catalog: Catalog, userId: number): readonly TokenRow[] {
  return catalog.database
    .select()
    .from(clientTokens)
    .where(eq(clientTokens.userId, userId))
    .orderBy(desc(clientTokens.lastUsedDate))
    .all();
}

/** Notes that a token was used. */
export function touchToken(catalog: Catalog, tokenHash: string, lastUsedDate: string): void {
  catalog.database.update(clientTokens).set({ lastUsedDate }).where(eq(clientTokens.tokenHash, tokenHash)).run();
}

export function deleteToken(catalog: Catalog, tokenHash: string): void {
  catalog.database.delete(clientTokens).where(eq(clientTokens.tokenHash, tokenHash)).run();
}

/**
 * Called after a change of role or password: the user has to sign in again everywhere.
 * @param kept hash of a token that stays; undefined: none does
 */
export function deleteTokens(catalog: Catalog, userId: number, kept?: string): void {
  const own = eq(clientTokens.userId, userId);
  catalog.database
    .delete(clientTokens)
    .where(kept === undefined ? own : and(own, ne(clientTokens.tokenHash, kept)))
    .run();
}
