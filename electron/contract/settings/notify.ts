/** Mail to the operators. */
import { z } from "zod";
import { setting } from "./setting.ts";

export const notifySchema = z.strictObject({
  smtp: setting(
    z
      .url({ protocol: /^smtps?$/ })
      .nullable()
      .default(null),
    "Mail server, such as smtp://mail.station.local:25 or smtps://user:secret@host; user and secret are kept in the secret store. Empty: no mail is sent.",
    "an address that begins with smtp:// or smtps://, or null",
    { mayHoldCredentials: true },
  ),
  from: setting(z.email().default("archivist@localhost.localdomain"), "Sender of the mail.", "a mail address"),
  operators: setting(
    z.array(z.email()).default([]),
    "Who is told when a job has failed for good or a share does not answer.",
    "a list of mail addresses",
  ),
});
