/** A small button with the icon of an action; its title and key are the tooltip. */
import { ActionIcon, type ActionIconProps } from "@mantine/core";
import type { Icon } from "@tabler/icons-react";
import type { KeyMode } from "./action.ts";
import { useAction } from "./context.ts";
import { KeyTip } from "./key-tip.tsx";
import type { ActionId } from "./registry.ts";

interface ActionIconButtonProps extends ActionIconProps {
  readonly action: ActionId;
  readonly icon: Icon;
  /** Mode whose key is shown. */
  readonly mode?: KeyMode;
  /** The button leaves the focus where it is: the text goes on being typed. */
  readonly keepsFocus?: boolean;
}

export function ActionIconButton({
  action: id,
  icon: ButtonIcon,
  mode = "review",
  keepsFocus = false,
  ...props
}: ActionIconButtonProps) {
  const { action, isAllowed, isPossible, run } = useAction(id);
  if (!isAllowed) return null;
  return (
    <KeyTip action={id} mode={mode}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={action.title}
        disabled={!isPossible}
        {...(keepsFocus ? { onMouseDown: (event: React.MouseEvent) => event.preventDefault() } : {})}
        onClick={() => void run()}
        {...props}
      >
        <ButtonIcon size={18} />
      </ActionIcon>
    </KeyTip>
  );
}
