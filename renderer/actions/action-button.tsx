/** A button for an action of the registry: its title, role and work are declared there. */
import { Button, type ButtonProps } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useSession } from "../station/session.ts";
import { useActionContext } from "./context.ts";
import { type ActionId, actionNamed, mayRun } from "./registry.ts";

interface ActionButtonProps extends ButtonProps {
  readonly action: ActionId;
}

export function ActionButton({ action: id, ...props }: ActionButtonProps) {
  const role = useSession().data?.person?.role ?? "user";
  const context = useActionContext(role);
  const cache = useQueryClient();
  const [isBusy, setIsBusy] = useState(false);
  const action = actionNamed(id);
  if (!mayRun(action, role)) return null;
  const run = async (): Promise<void> => {
    setIsBusy(true);
    try {
      await action.run(context);
      await cache.invalidateQueries({ predicate: ({ meta }) => meta?.calm !== true });
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <Button size="xs" loading={isBusy} onClick={() => void run()} {...props}>
      {action.label ?? action.title}
    </Button>
  );
}
