/** A form of stacked fields, submitted by its button or by `Enter`. */
import { Stack } from "@mantine/core";
import type { FormEvent, ReactNode } from "react";

export function FormStack({ onSubmit, children }: { readonly onSubmit: () => void; readonly children: ReactNode }) {
  return (
    <Stack
      gap="sm"
      component="form"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
    </Stack>
  );
}
