/**
 * ARIA attributes of long lists such as the captions. They are grids for assistive technology: only some of the rows are
 * mounted, which an HTML table cannot express. The grid has the focus and names the active row.
 */
export const gridRole = (label: string, rows: number, active: string | null) => ({
  role: "grid",
  tabIndex: 0,
  "aria-label": label,
  "aria-rowcount": rows,
  "aria-multiselectable": true,
  ...(active === null ? {} : { "aria-activedescendant": active }),
});

/** Id of the row of a caption. */
export const cueRowId = (cue: number): string => `cue-${cue}`;

export const groupRole = { role: "rowgroup" } as const;

export const rowRole = (index: number, isActive: boolean) => ({
  role: "row",
  "aria-selected": isActive,
  "aria-rowindex": index + 1,
});

export const headerRole = { role: "columnheader" } as const;

export const cellRole = { role: "gridcell" } as const;
