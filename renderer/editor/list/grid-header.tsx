/** The names of a grid's columns for assistive technology; the eye sees what they are. */
import { VisuallyHidden } from "@mantine/core";
import { groupRole, headerRole } from "../grid-roles.ts";

export function GridHeader({ columns }: { readonly columns: readonly string[] }) {
  return (
    <div {...groupRole}>
      <VisuallyHidden component="div" role="row">
        {columns.map((name) => (
          <span key={name} {...headerRole}>
            {name}
          </span>
        ))}
      </VisuallyHidden>
    </div>
  );
}
