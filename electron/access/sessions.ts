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
  findToken,
  listTokens,
  type PersonRow,
  type TokenRow,
  touchToken,
} from "../catalog/repositories/people.ts";
import { browserSignIn } from "../contract/api/session.ts";
import { ArchivistError } from "../contract/errors.ts";
import type { Clock } from "../platform/clock.ts";
import { TypedEvents } from "../platform/typed-events.ts";
import { hashPassword, isPassword } from "./passwords.ts";
import { SignInLimits } from "./sign-in-limits.ts";

/**
 * How long a token is valid, and how long without being used. A browser may stand open on a desk where others pass; the
 * desktop program is behind the sign-in of its machine, and programs keep theirs like a key.
 */
const lifetimes = {
  browser: browserSignIn,
  program: { maxMs: 30 * dayMs, idleMs: 30 * dayMs },
} as const;
/** A token's use is written down this often at most. */
const touchMs = minuteMs;
/** Longest name of a browser or program that is kept. */
const maxAgent = 200;
/** Characters of a token's digest that name it: they cannot be turned into the token. */
const idLength = 16;
/** A ticket stands in a terminal, where others may read it later. */
const ticketMs = 15 * minuteMs;

const program: ClientFacts = { kind: "program", agent: "" };

const digest = (token: string): string => createHash("sha256").update(token).digest("hex");

/** What somebody signs in with. */
export interface ClientFacts {
  readonly kind: TokenRow["kind"];
  /** What the browser or program calls itself. */
  readonly agent: string;
}

/** Where somebody is signed in. */
export interface SessionView {
  readonly id: string;
  readonly kind: TokenRow["kind"];
  readonly agent: string;
  readonly createdDate: string;
  readonly lastUsedDate: string;
  readonly isCurrent: boolean;
}

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
  async signIn(name: string, password: string, address: string, client: ClientFacts = program): Promise<SignedIn> {
    const giveBack = this.#limits.take(name, address);
    const found = findPersonByName(this.#catalog, name);
    const isRight = await isPassword(password, found?.active ? found.passwordHash : undefined);
    // Looked at again: the account may have been closed while the password was checked.
    const person = found === undefined ? undefined : findPerson(this.#catalog, found.id);
    if (!isRight || person === undefined || !person.active) throw new ArchivistError("session.wrong");
    giveBack();
    return this.#admit(person, client);
  }

  /**
   * Changes somebody's own password, and signs them out everywhere else.
   * @param token that they are signed in with
   * @throws ArchivistError `session.wrong`, `session.too-many`, `session.nobody`
   */
  async changeOwnPassword(token: string | undefined, old: string, password: string, address: string): Promise<void> {
    const found = this.#find(token);
    if (found === undefined) throw new ArchivistError("session.nobody");
    const { person } = found;
    // Counted like signing in: an open window must not be a place to guess.
    const giveBack = this.#limits.take(person.username, address);
    if (!(await isPassword(old, person.passwordHash))) {
      throw new ArchivistError("session.wrong", { cause: "this is not your present password" });
    }
    giveBack();
    const passwordHash = await hashPassword(password);
    this.#catalog.transaction(() => {
      changePerson(this.#catalog, person.id, { passwordHash });
      deleteTokens(this.#catalog, person.id, found.token.tokenHash);
    });
    this.events.emit("tokensDropped", undefined);
  }

  /** Where the person of a token is signed in. */
  list(token: string | undefined): readonly SessionView[] {
    const current = this.#find(token)?.token;
    if (current === undefined) return [];
    return listTokens(this.#catalog, current.userId)
      .filter((row) => this.#isValid(row))
      .map(({ tokenHash, kind, agent, createdDate, lastUsedDate }) => ({
        id: tokenHash.slice(0, idLength),
        kind,
        agent,
        createdDate,
        lastUsedDate,
        isCurrent: tokenHash === current.tokenHash,
      }));
  }

  /** Signs a person out in one place. @param id of their session @throws ArchivistError `session.unknown` */
  end(token: string | undefined, id: string): void {
    const person = this.findPerson(token);
    const row =
      person && listTokens(this.#catalog, person.id).find(({ tokenHash }) => tokenHash.slice(0, idLength) === id);
    if (row === undefined) throw new ArchivistError("session.unknown");
    deleteToken(this.#catalog, row.tokenHash);
    this.events.emit("tokensDropped", undefined);
  }

  /**
   * Signs in with the ticket. When there are no accounts yet, the given name and password make the first admin.
   * @throws ArchivistError `session.ticket`, `session.name-needed`
   */
  async redeem(
    ticket: string,
    name: string | undefined,
    password: string | undefined,
    client: ClientFacts = program,
  ): Promise<SignedIn> {
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
      return this.#admit(addPerson(this.#catalog, { name, passwordHash, role: "admin" }), client);
    }
    const person = name === undefined ? undefined : findPersonByName(this.#catalog, name);
    // A ticket proves access to the machine; where there are several accounts, the name has to be given too.
    if (person === undefined || !person.active) throw new ArchivistError("session.name-needed");
    this.#ticket = undefined;
    if (password !== undefined) {
      changePerson(this.#catalog, person.id, { passwordHash: await hashPassword(password) });
      this.dropTokens(person.id);
    }
    return this.#admit(person, client);
  }

  /** Finds the person a token belongs to; undefined when it is not valid. */
  findPerson(token: string | undefined): PersonRow | undefined {
    return this.#find(token)?.person;
  }

  /** A token that is valid, with its person. */
  #find(token: string | undefined): ReturnType<typeof findToken> {
    const found = token === undefined || token === "" ? undefined : findToken(this.#catalog, digest(token));
    return found?.person.active && this.#isValid(found.token) ? found : undefined;
  }

  /** Notes that somebody works: their token does not expire meanwhile. Streams that are open are no work. */
  touch(token: string | undefined): void {
    const found = this.#find(token)?.token;
    const now = this.#clock.now();
    if (found === undefined || now.getTime() - Date.parse(found.lastUsedDate) < touchMs) return;
    try {
      touchToken(this.#catalog, found.tokenHash, now.toISOString());
    } catch {
      // A full disk and a damaged catalog have their own words, and keep nobody from signing out or reading.
    }
  }

  /** Called now and then: whoever's token has expired is put out of everything that is open. */
  expire(): void {
    this.events.emit("tokensDropped", undefined);
  }

  #isValid({ kind, expiresDate, lastUsedDate }: TokenRow): boolean {
    const now = this.#clock.now().getTime();
    return now < Date.parse(expiresDate) && now < Date.parse(lastUsedDate) + lifetimes[kind].idleMs;
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

  #admit(person: PersonRow, { kind, agent }: ClientFacts): SignedIn {
    const token = randomBytes(32).toString("base64url");
    const now = this.#clock.now();
    addToken(this.#catalog, {
      tokenHash: digest(token),
      userId: person.id,
      createdDate: now.toISOString(),
      lastUsedDate: now.toISOString(),
      expiresDate: new Date(now.getTime() + lifetimes[kind].maxMs).toISOString(),
      kind,
      agent: agent.slice(0, maxAgent),
    });
    changePerson(this.#catalog, person.id, { lastLogin: now.toISOString() });
    return { person, token };
  }
}
