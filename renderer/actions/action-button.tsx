/** A button that runs an action of the registry; title, role, state and handler come from the action's declaration. */
import { Button, type ButtonProps } from "@mantine/core";
import { useAction } from "./context.ts";
import { KeyTip } from "./key-tip.tsx";
import type { ActionId } from "./registry.ts";

interface ActionButtonProps extends ButtonProps {
  readonly action: ActionId;
}

export function ActionButton({ action: id, ...props }: ActionButtonProps) {
  const { action, isAllowed, isPossible, isBusy, run } = useAction(id);
  if (!isAllowed) return null;
  return (
    <KeyTip action={id} isNamed>
      <Button size="xs" loading={isBusy} disabled={!isPossible} onClick={() => void run()} {...props}>
        {action.label ?? action.title}
      </Button>
    </KeyTip>
  );
}
