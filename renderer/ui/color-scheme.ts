/**
 * Light or dark: the pages follow the system or the person's choice; the caption editor is dark, as what plays video usually is,
 * until the person has chosen otherwise there.
 */
import { useMantineColorScheme } from "@mantine/core";
import { useCallback, useLayoutEffect } from "react";
import { create } from "zustand";

type Scheme = "dark" | "light";

/** Where this browser keeps the choice for the editor. */
const editorSchemeName = "archivist-editor-scheme";

interface SchemeState {
  /** A meeting is open in the editor. */
  readonly isEditing: boolean;
  readonly editorScheme: Scheme;
}

const useSchemeState = create<SchemeState>()(() => ({
  isEditing: false,
  editorScheme: localStorage.getItem(editorSchemeName) === "light" ? "light" : "dark",
}));

/** The scheme that all of the window has; undefined: that of the pages. */
export const useForcedScheme = (): Scheme | undefined =>
  useSchemeState(({ isEditing, editorScheme }) => (isEditing ? editorScheme : undefined));

/** Gives the window the editor's scheme as long as the component is shown. */
export function useEditorScheme(): void {
  useLayoutEffect(() => {
    useSchemeState.setState({ isEditing: true });
    return () => useSchemeState.setState({ isEditing: false });
  }, []);
}

/** @returns A function that changes from light to dark and back: in the editor for the editor alone */
export function useSchemeToggle(): () => void {
  const { toggleColorScheme } = useMantineColorScheme();
  return useCallback(() => {
    const { isEditing, editorScheme: before } = useSchemeState.getState();
    if (!isEditing) {
      toggleColorScheme();
      return;
    }
    const editorScheme = before === "dark" ? "light" : "dark";
    localStorage.setItem(editorSchemeName, editorScheme);
    useSchemeState.setState({ editorScheme });
  }, [toggleColorScheme]);
}
