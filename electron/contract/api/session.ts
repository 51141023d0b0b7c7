/** Sessions and users: signing in and out, and managing people. */
import { z } from "zod";
import { hourMs } from "../../captions/time/durations.ts";
import { dateTimeSchema, doneSchema, forAdmins, forAnyone, forUsers, roles } from "./base.ts";

export const personSchema = z.object({
  id: z.number().int(),
  name: z.string(),
  role: z.enum(roles),
  active: z.boolean(),
  lastSignIn: dateTimeSchema.nullable(),
});
export type Person = z.infer<typeof personSchema>;

const nameSchema = z.string().trim().min(1).max(60);
const passwordSchema = z.string().min(8).max(200);

const sessionSchema = z.object({
  /** Null: not signed in. */
  person: personSchema.nullable(),
  /** There are no users yet: the first to sign in with the link becomes the first admin. */
  isFirstRun: z.boolean(),
  version: z.string(),
  /** The station's time zone, such as `America/Chicago`: days and times are shown by its clock. */
  timeZone: z.string(),
  /** What the host program can do for the user in front of it. */
  can: z.object({ reveal: z.boolean(), restart: z.boolean() }),
});

const signedInSchema = z.object({
  person: personSchema,
  /** For programs; null for browsers, which get a cookie that their pages cannot read. */
  token: z.string().nullable(),
});

/** How long a browser stays signed in, and how long without anybody at it, in milliseconds. */
export const browserSignIn = { maxMs: 12 * hourMs, idleMs: hourMs } as const;

const tag = { tags: ["session"] };

export const session = {
  look: forAnyone.route({ method: "GET", path: "/api/session", ...tag }).output(sessionSchema),
  signIn: forAnyone
    .route({ method: "POST", path: "/api/session", ...tag, summary: "Sign in; the answer sets a cookie" })
    .input(z.object({ name: nameSchema, password: z.string().max(200) }))
    .output(signedInSchema),
  /** Signs in with the link that the host prints; it works once. */
  redeem: forAnyone
    .route({ method: "POST", path: "/api/session/redeem", ...tag, summary: "Sign in with a one-time ticket" })
    .input(
      z.object({
        ticket: z.string().min(1).max(200),
        name: nameSchema.optional(),
        password: passwordSchema.optional(),
      }),
    )
    .output(signedInSchema),
  signOut: forUsers.route({ method: "DELETE", path: "/api/session", ...tag }).output(doneSchema),
  /** Somebody is at work: a browser's sign-in ends an hour after the last of these and of the calls. */
  stay: forUsers.route({ method: "POST", path: "/api/session/stay", ...tag }).output(doneSchema),
  /** Changes one's own password; everywhere else one is signed out. */
  changePassword: forUsers
    .route({ method: "POST", path: "/api/session/password", ...tag })
    .input(z.object({ old: z.string().max(200), password: passwordSchema }))
    .output(doneSchema),
  /** Where one is signed in. */
  list: forUsers.route({ method: "GET", path: "/api/sessions", ...tag }).output(
    z.array(
      z.object({
        id: z.string(),
        kind: z.enum(["browser", "program"]),
        /** What the browser or program calls itself. */
        agent: z.string(),
        createdDate: dateTimeSchema,
        lastUsedDate: dateTimeSchema,
        isCurrent: z.boolean(),
      }),
    ),
  ),
  /** Signs oneself out in one place. */
  end: forUsers
    .route({ method: "DELETE", path: "/api/sessions/{id}", ...tag })
    .input(z.object({ id: z.string().max(64) }))
    .output(doneSchema),
  people: forAdmins.route({ method: "GET", path: "/api/people", ...tag }).output(z.array(personSchema)),
  addPerson: forAdmins
    .route({ method: "POST", path: "/api/people", ...tag })
    .input(z.object({ name: nameSchema, password: passwordSchema, role: z.enum(roles) }))
    .output(personSchema),
  changePerson: forAdmins
    .route({ method: "PATCH", path: "/api/people/{id}", ...tag })
    .input(
      z.object({
        id: z.coerce.number().int(),
        role: z.enum(roles).optional(),
        active: z.boolean().optional(),
        password: passwordSchema.optional(),
      }),
    )
    .output(personSchema),
};
