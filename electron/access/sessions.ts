/** Sign-in: tokens of browsers and programs, and the one-time ticket that the host prints. */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { dayMs, minuteMs } from "../captions/time/durations.ts";
import type { Catalog } from "../catalog/open.ts";
import {
  addPerson,
  addToken,
  changePerson,
  countPeople,
  deleteToken,
  findPersonByName,
  findPersonByToken,
  type PersonRow,
} from "../catalog/repositories/people.ts";
import { ArchivistError } from "../contract/errors.ts";
import type { Clock } from "../platform/clock.ts";
import { hashPassword, isPassword } from "./passwords.ts";

/** Days for which a token is valid: a newsroom's machine stays signed in for a while. */
const tokenDays = 30;
/** Wrong passwords for one name before sign-in is blocked for it, and for how long. */
const maxFailures = 8;
const pauseMs = minuteMs;

const digest = (token: string): string => createHash("sha256").update(token).digest("hex");

export interface SignedIn {
  readonly person: PersonRow;
  readonly token: string;
}

export class Sessions {
  readonly #catalog: Catalog;
  readonly #clock: Clock;
  readonly #failures = new Map<string, { count: number; until: number }>();
  #ticket: string | undefined;

  constructor(catalog: Catalog, clock: Clock) {
    this.#catalog = catalog;
    this.#clock = clock;
  }

  get isFirstRun(): boolean {
    return countPeople(this.#catalog) === 0;
  }

  /** Makes a ticket that signs its bearer in as an admin, once. */
  makeTicket(): string {
    this.#ticket = randomBytes(24).toString("base64url");
    return this.#ticket;
  }

  /** @throws ArchivistError `session.wrong`, `session.too-many` */
  async signIn(name: string, password: string): Promise<SignedIn> {
    const key = name.toLowerCase();
    const now = this.#clock.monotonicMs();
    const failures = this.#failures.get(key);
    if (failures !== undefined && failures.count >= maxFailures && now < failures.until) {
      throw new ArchivistError("session.too-many");
    }
    const person = findPersonByName(this.#catalog, name);
    const isRight = await isPassword(password, person?.active ? person.passwordHash : undefined);
    if (!isRight || person === undefined) {
      this.#failures.set(key, { count: (failures?.count ?? 0) + 1, until: now + pauseMs });
      throw new ArchivistError("session.wrong");
    }
    this.#failures.delete(key);
    return this.#admit(person);
  }

  /**
   * Signs in with the ticket. When there are no accounts yet, the given name and password make the first admin.
   * @throws ArchivistError `session.ticket`, `session.name-needed`
   */
  async redeem(ticket: string, name: string | undefined, password: string | undefined): Promise<SignedIn> {
    const own = this.#ticket;
    const isRight = own !== undefined && timingSafeEqual(Buffer.from(digest(own)), Buffer.from(digest(ticket)));
    if (!isRight) throw new ArchivistError("session.ticket");
    if (this.isFirstRun) {
      if (name === undefined || password === undefined) throw new ArchivistError("session.name-needed");
      const passwordHash = await hashPassword(password);
      this.#ticket = undefined;
      return this.#admit(addPerson(this.#catalog, { name, passwordHash, role: "admin" }));
    }
    const person = name === undefined ? undefined : findPersonByName(this.#catalog, name);
    // A ticket proves access to the machine; where there are several accounts, the name has to be given too.
    if (person === undefined || !person.active) throw new ArchivistError("session.name-needed");
    this.#ticket = undefined;
    if (password !== undefined) {
      changePerson(this.#catalog, person.id, { passwordHash: await hashPassword(password) });
    }
    return this.#admit(person);
  }

  /** Finds the person a token belongs to; undefined when it is not valid. */
  findPerson(token: string | undefined): PersonRow | undefined {
    if (token === undefined || token === "") return undefined;
    return findPersonByToken(this.#catalog, digest(token), this.#clock.now().toISOString());
  }

  signOut(token: string | undefined): void {
    if (token !== undefined) deleteToken(this.#catalog, digest(token));
  }

  #admit(person: PersonRow): SignedIn {
    const token = randomBytes(32).toString("base64url");
    const now = this.#clock.now();
    const expiresDate = new Date(now.getTime() + tokenDays * dayMs).toISOString();
    addToken(this.#catalog, { tokenHash: digest(token), userId: person.id, now: now.toISOString(), expiresDate });
    changePerson(this.#catalog, person.id, { lastLogin: now.toISOString() });
    return { person, token };
  }
}
