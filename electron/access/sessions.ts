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
  deleteTokens,
  findPerson,
  findPersonByName,
  findPersonByToken,
  type PersonRow,
} from "../catalog/repositories/people.ts";
import { ArchivistError } from "../contract/errors.ts";
import type { Clock } from "../platform/clock.ts";
import { TypedEvents } from "../platform/typed-events.ts";
import { hashPassword, isPassword } from "./passwords.ts";
import { SignInLimits } from "./sign-in-limits.ts";

/** Days for which a token is valid: a newsroom's machine stays signed in for a while. */
const tokenDays = 30;
/** A ticket stands in a terminal, where others may read it later. */
const ticketMs = 15 * minuteMs;

const digest = (token: string): string => createHash("sha256").update(token).digest("hex");

export interface SignedIn {
  readonly person: PersonRow;
  readonly token: string;
}

export interface SessionEvents {
  /** Tokens are not valid any more; whoever has one open looks whether it is theirs. */
  readonly tokensDropped: undefined;
}

export class Sessions {
  readonly events = new TypedEvents<SessionEvents>();
  readonly #catalog: Catalog;
  readonly #clock: Clock;
  readonly #limits: SignInLimits;
  #ticket: { readonly text: string; readonly until: number } | undefined;

  constructor(catalog: Catalog, clock: Clock) {
    this.#catalog = catalog;
    this.#clock = clock;
    this.#limits = new SignInLimits(() => clock.monotonicMs());
  }

  get isFirstRun(): boolean {
    return countPeople(this.#catalog) === 0;
  }

  /** Makes a ticket that signs its bearer in, once, for a quarter of an hour; an earlier one is worth nothing any more. */
  makeTicket(): string {
    const text = randomBytes(24).toString("base64url");
    this.#ticket = { text, until: this.#clock.monotonicMs() + ticketMs };
    return text;
  }

  /**
   * @param address that the call comes from
   * @throws ArchivistError `session.wrong`, `session.too-many`
   */
  async signIn(name: string, password: string, address: string): Promise<SignedIn> {
    const giveBack = this.#limits.take(name, address);
    const found = findPersonByName(this.#catalog, name);
    const isRight = await isPassword(password, found?.active ? found.passwordHash : undefined);
    // Looked at again: the account may have been closed while the password was checked.
    const person = found === undefined ? undefined : findPerson(this.#catalog, found.id);
    if (!isRight || person === undefined || !person.active) throw new ArchivistError("session.wrong");
    giveBack();
    return this.#admit(person);
  }

  /**
   * Signs in with the ticket. When there are no accounts yet, the given name and password make the first admin.
   * @throws ArchivistError `session.ticket`, `session.name-needed`
   */
  async redeem(ticket: string, name: string | undefined, password: string | undefined): Promise<SignedIn> {
    const own = this.#ticket;
    const isRight =
      own !== undefined &&
      this.#clock.monotonicMs() < own.until &&
      timingSafeEqual(Buffer.from(digest(own.text)), Buffer.from(digest(ticket)));
    if (!isRight) throw new ArchivistError("session.ticket");
    if (this.isFirstRun) {
      if (name === undefined || password === undefined) throw new ArchivistError("session.name-needed");
      // Before anything is waited for, so that it works once.
      this.#ticket = undefined;
      const passwordHash = await hashPassword(password);
      return this.#admit(addPerson(this.#catalog, { name, passwordHash, role: "admin" }));
    }
    const person = name === undefined ? undefined : findPersonByName(this.#catalog, name);
    // A ticket proves access to the machine; where there are several accounts, the name has to be given too.
    if (person === undefined || !person.active) throw new ArchivistError("session.name-needed");
    this.#ticket = undefined;
    if (password !== undefined) {
      changePerson(this.#catalog, person.id, { passwordHash: await hashPassword(password) });
      this.dropTokens(person.id);
    }
    return this.#admit(person);
  }

  /** Finds the person a token belongs to; undefined when it is not valid. */
  findPerson(token: string | undefined): PersonRow | undefined {
    if (token === undefined || token === "") return undefined;
    return findPersonByToken(this.#catalog, digest(token), this.#clock.now().toISOString());
  }

  signOut(token: string | undefined): void {
    if (token === undefined) return;
    deleteToken(this.#catalog, digest(token));
    this.events.emit("tokensDropped", undefined);
  }

  /** Signs a person out everywhere: after a change of role or password, or when the account is closed. */
  dropTokens(personId: number): void {
    deleteTokens(this.#catalog, personId);
    this.events.emit("tokensDropped", undefined);
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
