/** What actions work with, from where a component stands. */
import { useMantineColorScheme } from "@mantine/core";
import { useLocation } from "wouter";
import type { Role } from "../../electron/contract/api/base.ts";
import type { ActionContext } from "./registry.ts";

export function useActionContext(role: Role): ActionContext {
  const [, go] = useLocation();
  const { toggleColorScheme } = useMantineColorScheme();
  return { go, toggleTheme: toggleColorScheme, role };
}
