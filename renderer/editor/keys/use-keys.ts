/** Keys of the editor: single letters are commands while somebody reviews, and letters while somebody types. */
import { useEffect } from "react";
import { toKeys } from "../../actions/registry.ts";
import type { EditorContext } from "./action.ts";
import { HeldKeys } from "./held-keys.ts";
import { findAction } from "./keymap.ts";

/** Letters that are typed there are its own. */
export const isField = (target: EventTarget | null): target is HTMLElement =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    /^(TEXTAREA|SELECT)$/.test(target.tagName) ||
    (target.tagName === "INPUT" && !/checkbox|radio|button/.test((target as HTMLInputElement).type)));

/** Keys that a button, a tab or a box needs for itself while it has the focus. */
const ofControls = new Set(["Space", "Enter", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End"]);

const controls = "button, a, [role=tab], [role=slider], [role=checkbox], input";
/** Whoever clicks there goes on there: fields, sliders, lists that open, and dialogs. */
const lingering =
  "input:not([type=checkbox]), textarea, select, [role=slider], [role=listbox], [role=menu], [role=dialog]";

/** Keys are for the captions again: for the text where somebody types, else for the list. */
export function focusCaptions(mode: "review" | "type"): void {
  const list = document.querySelector<HTMLElement>("[data-editor-list]");
  const text = mode === "type" ? list?.querySelector("textarea") : null;
  (text ?? list)?.focus({ preventScroll: true });
}

export function useEditorKeys(context: EditorContext | undefined, isBlocked: boolean): void {
  useEffect(() => {
    if (context === undefined || isBlocked) return undefined;
    const held = new HeldKeys(context.session);
    const onKey = (event: KeyboardEvent): void => {
      const { target } = event;
      // Keys of an input method make a letter together: they are no commands.
      if (event.isComposing) return;
      const isOwnField = target instanceof HTMLTextAreaElement && target.closest("[data-editor-list]") !== null;
      const { mode } = context.session.state;
      // Another field has its own keys; chords of the editor hold there as well.
      const isElsewhere = isField(target) && !isOwnField;
      const pressed = toKeys(event);
      // Whatever asks for something stands before everything else, and a field takes back its own letters.
      if (document.querySelector("[aria-modal=true]") !== null) return;
      if (!isElsewhere && held.take(event)) return;
      const isControl = target instanceof HTMLElement && !isOwnField && target.closest(controls) !== null;
      // Out of whatever lies beside them, back to the captions; a list that is open is closed first.
      if ((isElsewhere || isControl) && pressed === "Escape" && target.getAttribute("aria-expanded") !== "true") {
        focusCaptions(context.session.state.mode);
        return;
      }
      // A field has its own: taking back letters, and sending itself.
      if (isElsewhere && /^Mod(\+Shift)?\+(Key[ZY]|Enter)$/.test(pressed)) return;
      if (isElsewhere && !/^(Mod|F\d)/.test(pressed)) return;
      if (isControl && ofControls.has(pressed)) return;
      const action = findAction(pressed, isOwnField || isElsewhere ? "type" : mode);
      if (action === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      context.session.touch();
      void action.run(context);
    };
    const onPointer = (): void => context.session.touch();
    // A click on a button is done with it: the next key is for the captions again.
    const onClick = ({ target, detail }: MouseEvent): void => {
      if (detail === 0 || !(target instanceof HTMLElement) || target.closest(lingering) !== null) return;
      if (target.closest("[data-editor]") === null) return;
      // What was clicked may have given the focus to a field, or asked for something.
      window.setTimeout(() => {
        const isAsking = document.querySelector("[aria-modal=true], [role=listbox]") !== null;
        if (!isAsking && !isField(document.activeElement)) focusCaptions(context.session.state.mode);
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
  }, [context, isBlocked]);
}
