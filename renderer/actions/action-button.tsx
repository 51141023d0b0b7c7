/** A button for an action of the registry: its title, role, state and work are declared there. */
import { Button, type ButtonProps } from "@mantine/core";
import { useAction } from "./context.ts";
import type { ActionId } from "./registry.ts";

interface ActionButtonProps extends ButtonProps {
  readonly action: ActionId;
}

export function ActionButton({ action: id, ...props }: ActionButtonProps) {
  const { action, isAllowed, isPossible, isBusy, run } = useAction(id);
  if (!isAllowed) return null;
  return (
    <Button size="xs" loading={isBusy} disabled={!isPossible} onClick={() => void run()} {...props}>
      {action.label ?? action.title}
    </Button>
  );
}
