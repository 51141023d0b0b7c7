/** The tooltip of a control that does what an action does: what it is, and its key. */
import { Tooltip } from "@mantine/core";
import type { ReactElement } from "react";
import type { KeyMode } from "./action.ts";
import { formatFirstKey } from "./keymap.ts";
import { type ActionId, getAction } from "./registry.ts";

const findKey = (id: ActionId, mode: KeyMode): string | undefined =>
  formatFirstKey(getAction(id), mode) ?? formatFirstKey(getAction(id), "app");

/** A control's name with the first key of an action, as it stands in tooltips: "Undo (Ctrl Z)". */
export function formatTip(id: ActionId, label?: string, mode: KeyMode = "review"): string {
  const key = findKey(id, mode);
  return `${label ?? getAction(id).title}${key === undefined ? "" : ` (${key})`}`;
}

interface KeyTipProps {
  readonly action: ActionId;
  /** What the control is; without it, the title of the action. */
  readonly label?: string;
  readonly mode?: KeyMode;
  /** The control says what it is: without a key there is nothing to add. */
  readonly isNamed?: boolean;
  readonly children: ReactElement;
}

export function KeyTip({ action, label, mode = "review", isNamed = false, children }: KeyTipProps) {
  return (
    <Tooltip label={formatTip(action, label, mode)} disabled={isNamed && findKey(action, mode) === undefined}>
      {children}
    </Tooltip>
  );
}
