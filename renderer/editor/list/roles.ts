/**
 * The list is a grid to those who hear it: only some of its rows are there, which a table of HTML cannot say. The grid
 * has the focus, and names the row that is active.
 */
export const gridRole = (label: string, rows: number, active: number | null) => ({
  role: "grid",
  tabIndex: 0,
  "aria-label": label,
  "aria-rowcount": rows,
  ...(active === null ? {} : { "aria-activedescendant": `cue-${active}` }),
});

export const groupRole = { role: "rowgroup" } as const;

export const rowRole = (index: number, isActive: boolean) => ({
  role: "row",
  "aria-selected": isActive,
  "aria-rowindex": index + 1,
});

export const cellRole = { role: "gridcell" } as const;
