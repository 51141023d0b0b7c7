/** Actions for the marks of a meeting: bookmarks, notes, agenda items. */
import type { ActionDefinition } from "../../actions/action.ts";
import { texts } from "../../texts/en.ts";
import type { EditorContext } from "../context.ts";
import { canWrite } from "./conditions.ts";
import { toggleBookmark } from "./cue-commands.ts";

const t = texts.editor.actions;

export const marksActions = [
  {
    id: "bookmark",
    group: "marks",
    title: t.bookmark,
    keys: { review: ["KeyX"], type: ["Mod+KeyK"] },
    when: canWrite,
    run: toggleBookmark,
  },
  {
    id: "note",
    group: "marks",
    title: t.note,
    keys: { review: ["Shift+KeyX"], type: ["Mod+Shift+KeyK"] },
    when: canWrite,
    run: ({ show }) => show("note"),
  },
  {
    id: "chapter",
    group: "marks",
    title: t.chapter,
    keys: { review: ["KeyC"], type: ["Mod+Shift+KeyC"] },
    when: canWrite,
    run: ({ show }) => show("chapter"),
  },
  {
    id: "comment",
    group: "marks",
    title: t.comment,
    keys: { review: ["Mod+Alt+KeyM"], type: ["Mod+Alt+KeyM"] },
    run: ({ openSidePanel }) => {
      openSidePanel("comments");
      // After the panel is there.
      window.setTimeout(() => document.querySelector<HTMLTextAreaElement>("[data-new-comment] textarea")?.focus());
    },
  },
] as const satisfies readonly ActionDefinition<EditorContext>[];
