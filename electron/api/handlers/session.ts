/** Procedures for signing in and for user accounts. */
import { hashPassword } from "../../access/passwords.ts";
import type { SignedIn } from "../../access/sessions.ts";
import {
  addPerson,
  changePerson,
  findPerson,
  findPersonByName,
  listPeople,
  type PersonRow,
} from "../../catalog/repositories/people.ts";
import type { Person } from "../../contract/api/session.ts";
import { ArchivistError } from "../../contract/errors.ts";
import { getTimeZoneName } from "../../platform/calendar.ts";
import type { ApiContext } from "../context.ts";
import { done, os } from "../implement.ts";

function view({ id, username, role, active, lastLogin }: PersonRow): Person {
  return { id, name: username, role, active, lastSignIn: lastLogin };
}

function logSignIn({ services, address }: ApiContext, message: string, name: string | undefined): void {
  services.station.logger.info(message, { name, address });
}

/** Gives a caller their token; pages must not be able to read it. */
function admit(context: ApiContext, { person, token }: SignedIn) {
  const { keepToken, client } = context;
  logSignIn(context, "somebody has signed in", person.username);
  keepToken(token);
  return { person: view(person), token: client.kind === "browser" ? null : token };
}

export const session = os.session.router({
  look: os.session.look.handler(({ context }) => {
    const person = context.person();
    const { sessions, version, host, station } = context.services;
    const timeZone = getTimeZoneName(station.settings.schedules.timeZone);
    const can = { reveal: host.reveal !== undefined, restart: host.restart !== undefined };
    const { isFirstRun } = sessions;
    return { person: person === undefined ? null : view(person), isFirstRun, version, timeZone, can };
  }),
  signIn: os.session.signIn.handler(async ({ input, context }) => {
    const { sessions } = context.services;
    const signedIn = await sessions
      .signIn(input.name, input.password, context.address, context.client)
      .catch((thrown) => {
        // Not the name: a password is typed there now and then.
        logSignIn(context, "signing in has failed", undefined);
        throw thrown;
      });
    return admit(context, signedIn);
  }),
  redeem: os.session.redeem.handler(async ({ input, context }) => {
    const { sessions } = context.services;
    return admit(context, await sessions.redeem(input.ticket, input.name, input.password, context.client));
  }),
  signOut: os.session.signOut.handler(({ context }) => {
    context.services.sessions.signOut(context.token);
    context.keepToken(undefined);
    return done;
  }),
  stay: os.session.stay.handler(({ context }) => {
    context.services.sessions.touch(context.token);
    return done;
  }),
  changePassword: os.session.changePassword.handler(async ({ input, context }) => {
    const { token, address, services } = context;
    await services.sessions.changeOwnPassword(token, input.old, input.password, address);
    logSignIn(context, "somebody has changed their own password", context.person()?.username);
    return done;
  }),
  list: os.session.list.handler(({ context }) => [...context.services.sessions.list(context.token)]),
  end: os.session.end.handler(({ input, context }) => {
    context.services.sessions.end(context.token, input.id);
    return done;
  }),
  people: os.session.people.handler(({ context }) => listPeople(context.services.station.catalog).map(view)),
  addPerson: os.session.addPerson.handler(async ({ input, context }) => {
    const { catalog } = context.services.station;
    const { name, password, role } = input;
    const passwordHash = await hashPassword(password);
    if (findPersonByName(catalog, name) !== undefined) throw new ArchivistError("person.taken", { subject: name });
    return view(addPerson(catalog, { name, passwordHash, role }));
  }),
  changePerson: os.session.changePerson.handler(async ({ input, context }) => {
    const { sessions, station } = context.services;
    const { catalog } = station;
    const { id, password, ...change } = input;
    const passwordHash = password === undefined ? undefined : await hashPassword(password);
    const changed = catalog.transaction(() => {
      const before = findPerson(catalog, id);
      if (before === undefined) throw new ArchivistError("person.unknown");
      const staysAdmin = (change.role ?? before.role) === "admin" && (change.active ?? before.active);
      const others = listPeople(catalog).filter((each) => each.id !== id && each.role === "admin" && each.active);
      if (before.role === "admin" && !staysAdmin && others.length === 0) throw new ArchivistError("person.last-admin");
      changePerson(catalog, id, {
        ...(change.role === undefined ? {} : { role: change.role }),
        ...(change.active === undefined ? {} : { active: change.active }),
        ...(passwordHash === undefined ? {} : { passwordHash }),
      });
      return view(findPerson(catalog, id) ?? before);
    });
    sessions.dropTokens(id);
    return changed;
  }),
});
