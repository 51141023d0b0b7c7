/** The router: every procedure of the contract, implemented. */
import { batches } from "./handlers/batches.ts";
import { cablecast } from "./handlers/cablecast.ts";
import { comments } from "./handlers/comments.ts";
import { dictionary } from "./handlers/dictionary.ts";
import { editor } from "./handlers/editor.ts";
import { glossary } from "./handlers/glossary.ts";
import { intake } from "./handlers/intake.ts";
import { system } from "./handlers/legacy.ts";
import { library } from "./handlers/library.ts";
import { meeting } from "./handlers/meeting.ts";
import { models } from "./handlers/models.ts";
import { queue } from "./handlers/queue.ts";
import { schedules } from "./handlers/schedules.ts";
import { session } from "./handlers/session.ts";
import { station } from "./handlers/station.ts";
import { os } from "./implement.ts";

export const router = os.router({
  session,
  intake,
  queue,
  batches,
  schedules,
  models,
  library,
  meeting,
  editor,
  comments,
  glossary,
  dictionary,
  cablecast,
  station,
  system,
});
