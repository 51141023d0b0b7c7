/** Offers to take back what has just removed or changed much: a short notice with Undo, until something else is edited. */
import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import type { Command } from "../../electron/captions/editing/command.ts";
import { KeyTip } from "../actions/key-tip.tsx";
import { texts } from "../texts/en.ts";
import type { EditorSession } from "./session/session.ts";

const noticeId = "undo-offer";
const shownMs = 10_000;
const t = texts.editor;

/** What an edit has done, where it is one that is easily made by mistake; undefined: it is offered by no notice. */
export function describeLargeEdit(command: Command): string | undefined {
  switch (command.type) {
    case "delete":
      return t.edits.delete(command.cues.length);
    case "replace":
      return t.edits.replace(command.what, command.with, command.cues.length);
    case "fix":
      return command.cues.length < 2 ? undefined : t.edits.fix(command.cues.length);
    case "speaker":
      return command.cues.length < 2 ? undefined : t.speakers.named(command.speaker, command.cues.length);
    case "rename-speaker":
      return t.speakers.renamed(command.from, command.to);
    case "shift":
      return t.edits.shift;
    case "exchange":
      return command.reason === "revert" ? t.edits.revert(command.from) : undefined;
    case "agenda":
      return t.edits.agenda(command.from, command.items.length);
    case "ticks":
      return t.edits.ticks(command.issues.length);
    case "unaccept":
    case "accept":
      return command.cues.length < 2
        ? undefined
        : t.edits[command.type === "accept" ? "accept" : "unacceptMany"](command.cues.length);
    default:
      return undefined;
  }
}

/** Hides the notice: what it would take back is no more the last edit. */
export const hideUndoOffer = (): void => {
  notifications.hide(noticeId);
};

/** Shows the notice after an edit that has been made. @param command undefined: a step is taken back or done again */
export function offerUndo(session: EditorSession, command: Command | undefined): void {
  hideUndoOffer();
  const message = command === undefined ? undefined : describeLargeEdit(command);
  if (message === undefined) return;
  const undo = (): void => {
    void session.undo();
  };
  notifications.show({
    id: noticeId,
    color: "gray",
    autoClose: shownMs,
    message: (
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Text size="sm">{message}</Text>
        <KeyTip action="undo">
          <Button size="compact-sm" variant="default" onClick={undo}>
            {t.actions.undo}
          </Button>
        </KeyTip>
      </Group>
    ),
  });
}
