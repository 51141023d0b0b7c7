/** Keyboard handling of the editor: single letters are commands in review mode and text in type mode. */
import { useEffect, useMemo } from "react";
import { findByKeys } from "../../actions/keymap.ts";
import { toKeys } from "../../actions/keys.ts";
import type { ActionContext } from "../../actions/registry.ts";
import { texts } from "../../texts/en.ts";
import { notifyRefused } from "../../ui/notify.ts";
import type { EditorContext } from "../context.ts";
import { HeldKeys } from "./held-keys.ts";
import { findGuard, type KeyPress } from "./key-guards.ts";

/** Whether letters pressed there are text input. */
export const isField = (target: EventTarget | null): target is HTMLElement =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    /^(TEXTAREA|SELECT)$/.test(target.tagName) ||
    (target.tagName === "INPUT" && !/checkbox|radio|button/.test((target as HTMLInputElement).type)));

const controls = "button, a, [role=tab], [role=slider], [role=checkbox], input";
/** Elements that keep the keyboard focus after a click: fields, sliders, expandable lists, and dialogs. */
const keepsFocus =
  "input:not([type=checkbox]), textarea, select, [role=slider], [role=listbox], [role=menu], [role=dialog]";

/** Returns the keyboard focus to the captions: to the text in type mode, otherwise to the list. */
export function focusCaptions(mode: "review" | "type"): void {
  const list = document.querySelector<HTMLElement>("[data-editor-list]");
  const text = mode === "type" ? list?.querySelector("textarea") : null;
  (text ?? list)?.focus({ preventScroll: true });
}

/** Whether the target is the text field of the active caption. */
const isCaptionField = (target: EventTarget | null): boolean =>
  target instanceof HTMLTextAreaElement && target.closest("[data-editor-list]") !== null;

function toKeyPress(event: KeyboardEvent): KeyPress {
  const { target, isComposing } = event;
  const isCaption = isCaptionField(target);
  return {
    keys: toKeys(event),
    isComposing,
    isModalOpen: document.querySelector("[aria-modal=true]") !== null,
    isInOtherField: isField(target) && !isCaption,
    isOnControl: target instanceof HTMLElement && !isCaption && target.closest(controls) !== null,
    isExpanded: target instanceof HTMLElement && target.getAttribute("aria-expanded") === "true",
  };
}

/**
 * Listens to keys, clicks and the pointer while the editor is shown.
 * @param isBlocked a dialog of the editor is open, which receives all keys
 */
export function useEditorKeys({ session }: EditorContext, context: ActionContext, isBlocked: boolean): void {
  const heldKeys = useMemo(() => new HeldKeys(session), [session]);
  useEffect(() => {
    if (isBlocked) return undefined;
    const onKey = (event: KeyboardEvent): void => {
      const press = toKeyPress(event);
      const effects = {
        hold: () => heldKeys.take(event),
        focusCaptions: () => focusCaptions(session.state.mode),
      };
      if (findGuard(press, effects) !== undefined) return;
      const isText = press.isInOtherField || isCaptionField(event.target);
      const action = findByKeys(press.keys, isText ? "type" : session.state.mode);
      if (action === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      session.touch();
      if (action.when(context)) void action.run(context);
      else if (!session.state.isWriter) notifyRefused(texts.editor.readOnly);
    };
    const onPointer = (): void => session.touch();
    // After a click on a button, the next key press belongs to the captions again.
    const onClick = ({ target, detail }: MouseEvent): void => {
      if (detail === 0 || !(target instanceof HTMLElement) || target.closest(keepsFocus) !== null) return;
      if (target.closest("[data-editor]") === null) return;
      // The click may have focused a field or opened a dialog.
      window.setTimeout(() => {
        const isAsking = document.querySelector("[aria-modal=true], [role=listbox]") !== null;
        if (!isAsking && !isField(document.activeElement)) focusCaptions(session.state.mode);
      });
    };
    window.addEventListener("click", onClick);
    window.addEventListener("keydown", onKey, { capture: true });
    window.addEventListener("pointerdown", onPointer);
    return () => {
      window.removeEventListener("keydown", onKey, { capture: true });
      window.removeEventListener("pointerdown", onPointer);
      window.removeEventListener("click", onClick);
    };
  }, [session, context, heldKeys, isBlocked]);
}
