/** Keyboard handling of the editor: single letters are commands in review mode and text in type mode. */
import { useEffect, useMemo } from "react";
import { findByKeys } from "../../actions/keymap.ts";
import { toKeys } from "../../actions/keys.ts";
import type { ActionContext } from "../../actions/registry.ts";
import { texts } from "../../texts/en.ts";
import { notifyRefused } from "../../ui/notify.ts";
import type { EditorContext } from "../context.ts";
import type { TypingQuestion } from "../session/state.ts";
import { keepCommands, typeInstead } from "../typing-question.tsx";
import { HeldKeys } from "./held-keys.ts";
import { findGuard, type KeyPress } from "./key-guards.ts";
import { TypingDetector } from "./typing-detector.ts";

/** Whether letters pressed there are text input. */
export const isField = (target: EventTarget | null): target is HTMLElement =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    /^(TEXTAREA|SELECT)$/.test(target.tagName) ||
    (target.tagName === "INPUT" && !/checkbox|radio|button/.test((target as HTMLInputElement).type)));

const controls = "button, a, [role=tab], [role=slider], [role=checkbox], input";
/** Elements that keep the keyboard focus after a click: fields, sliders, expandable lists, and dialogs. */
const keepsFocus =
  "input:not([type=checkbox], [type=radio]), textarea, select, [role=slider], [role=listbox], [role=menu], [role=dialog]";

/**
 * Whether a dialog or a list waits for an answer. The lists of closed selects stay in the page, so it counts only what can
 * be seen.
 */
const isSomethingOpen = (): boolean =>
  document.querySelector("[aria-modal=true]") !== null ||
  [...document.querySelectorAll("[role=listbox], [role=menu]")].some((list) => list.checkVisibility());

/** Returns the keyboard focus to the captions: to the text in type mode, otherwise to the list. */
export function focusCaptions(mode: "review" | "type"): void {
  const list = document.querySelector<HTMLElement>("[data-editor-list]");
  const text = mode === "type" ? list?.querySelector("textarea") : null;
  (text ?? list)?.focus({ preventScroll: true });
}

/**
 * Returns the focus where nothing has it, as after a dialog has closed: what is typed would be lost.
 * @returns Whether it was so
 */
export function returnLostFocus(mode: "review" | "type"): boolean {
  if (document.activeElement !== document.body || isSomethingOpen()) return false;
  focusCaptions(mode);
  return document.activeElement !== document.body;
}

/** Whether the target is the text field of the active caption. */
const isCaptionField = (target: EventTarget | null): boolean =>
  target instanceof HTMLTextAreaElement && target.closest("[data-editor-list]") !== null;

/** @param target of the key: what has the focus */
function toKeyPress(event: KeyboardEvent, target: EventTarget | null, isTypingAsked: boolean): KeyPress {
  const { isComposing } = event;
  const isCaption = isCaptionField(target);
  return {
    keys: toKeys(event),
    isComposing,
    isModalOpen: document.querySelector("[aria-modal=true]") !== null,
    isInOtherField: isField(target) && !isCaption,
    isOnControl: target instanceof HTMLElement && !isCaption && target.closest(controls) !== null,
    isTypingAsked,
    isExpanded: target instanceof HTMLElement && target.getAttribute("aria-expanded") === "true",
  };
}

/**
 * Listens to keys, clicks and the pointer while the editor is shown.
 * @param isBlocked a dialog of the editor is open, which receives all keys
 */
export function useEditorKeys({ session }: EditorContext, context: ActionContext, isBlocked: boolean): void {
  const heldKeys = useMemo(() => new HeldKeys(session), [session]);
  const detector = useMemo(() => new TypingDetector<TypingQuestion>(), []);
  useEffect(() => {
    if (isBlocked) return undefined;
    /** Gives the focus back after a click, unless that was done or the click has opened something. */
    let returnFocus: (() => boolean) | undefined;
    const onKey = (event: KeyboardEvent): void => {
      // Where the machine is busy, a key comes before the timer that was set by the click or by a closed dialog.
      const isReturned = returnFocus?.() === true || returnLostFocus(session.state.mode);
      const target = isReturned ? document.activeElement : event.target;
      const press = toKeyPress(event, target, session.state.typingQuestion !== null);
      const effects = {
        hold: () => heldKeys.take(event),
        answerTyping: (isTyping: boolean) => {
          event.preventDefault();
          if (isTyping) void typeInstead(session);
          else keepCommands(session);
        },
        focusCaptions: () => focusCaptions(session.state.mode),
      };
      const isText = press.isInOtherField || isCaptionField(target);
      // Counted when it is pressed: keys that were held during an undo are replayed all at once.
      if (event.isTrusted && !isText && !press.isModalOpen && session.state.mode === "review") {
        const place = detector.take({
          keys: press.keys,
          ms: event.timeStamp,
          isRepeat: event.repeat,
          place: toPlace(),
        });
        if (place !== undefined && !press.isTypingAsked) {
          event.preventDefault();
          session.store.setState({ typingQuestion: place });
          return;
        }
      }
      if (findGuard(press, effects) !== undefined) return;
      const action = findByKeys(press.keys, isText ? "type" : session.state.mode);
      if (action === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      session.touch();
      if (action.when(context)) void action.run(context);
      else if (!session.state.isWriter) notifyRefused(texts.editor.readOnly);
    };
    const toPlace = (): TypingQuestion => {
      const { activeCueId, wordIndex } = session.state;
      return { editCount: session.editCount, cue: activeCueId, wordIndex, isAnswered: false };
    };
    const onPointer = (): void => session.touch();
    // After a click on a button, the next key press belongs to the captions again.
    const onClick = ({ target, detail }: MouseEvent): void => {
      // An icon is no HTML element.
      if (detail === 0 || !(target instanceof Element) || target.closest(keepsFocus) !== null) return;
      if (target.closest("[data-editor]") === null) return;
      const give = (): boolean => {
        if (returnFocus !== give) return false;
        returnFocus = undefined;
        // The click may have focused a field or opened a dialog.
        if (isSomethingOpen() || isField(document.activeElement)) return false;
        focusCaptions(session.state.mode);
        return true;
      };
      returnFocus = give;
      window.setTimeout(give);
    };
    window.addEventListener("click", onClick);
    window.addEventListener("keydown", onKey, { capture: true });
    window.addEventListener("pointerdown", onPointer);
    return () => {
      window.removeEventListener("keydown", onKey, { capture: true });
      window.removeEventListener("pointerdown", onPointer);
      window.removeEventListener("click", onClick);
    };
  }, [session, context, heldKeys, detector, isBlocked]);
}
