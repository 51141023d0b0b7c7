/** Keys of the editor: single letters are commands while somebody reviews, and letters while somebody types. */
import { useEffect } from "react";
import { keysOf } from "../../actions/registry.ts";
import type { EditorContext } from "./action.ts";
import { actionOf } from "./keymap.ts";

const isField = (target: EventTarget | null): target is HTMLElement =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    /^(TEXTAREA|SELECT)$/.test(target.tagName) ||
    (target.tagName === "INPUT" && !/checkbox|radio|button/.test((target as HTMLInputElement).type)));

/** Keys that a button, a tab or a box needs for itself while it has the focus. */
const ofControls = new Set(["Space", "Enter", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End"]);

export function useEditorKeys(context: EditorContext | undefined, isBlocked: boolean): void {
  useEffect(() => {
    if (context === undefined || isBlocked) return undefined;
    const onKey = (event: KeyboardEvent): void => {
      const { target } = event;
      // Keys of an input method make a letter together: they are no commands.
      if (event.isComposing) return;
      const isOwnField = target instanceof HTMLTextAreaElement && target.closest("[data-editor-list]") !== null;
      const { mode } = context.session.state;
      // Another field has its own keys; chords of the editor hold there as well.
      const isElsewhere = isField(target) && !isOwnField;
      const pressed = keysOf(event);
      // Whatever asks for something stands before everything else, and a field takes back its own letters.
      if (document.querySelector("[aria-modal=true]") !== null) return;
      // Out of a field beside them, back to the captions; a list that is open is closed first.
      if (isElsewhere && pressed === "Escape" && target.getAttribute("aria-expanded") !== "true") {
        document.querySelector<HTMLElement>("[data-editor-list]")?.focus({ preventScroll: true });
        return;
      }
      if (isElsewhere && /^Mod(\+Shift)?\+Key[ZY]$/.test(pressed)) return;
      if (isElsewhere && !/^(Mod|F\d)/.test(pressed)) return;
      const isControl =
        target instanceof HTMLElement &&
        target.closest("button, a, [role=tab], [role=slider], [role=checkbox], input") !== null;
      if (isControl && ofControls.has(pressed)) return;
      const action = actionOf(pressed, isOwnField || isElsewhere ? "type" : mode);
      if (action === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      context.session.touch();
      void action.run(context);
    };
    const onPointer = (): void => context.session.touch();
    window.addEventListener("keydown", onKey, { capture: true });
    window.addEventListener("pointerdown", onPointer);
    return () => {
      window.removeEventListener("keydown", onKey, { capture: true });
      window.removeEventListener("pointerdown", onPointer);
    };
  }, [context, isBlocked]);
}
