/** A virtualized table of any length: only visible rows are mounted. All rows have the same height. */
import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useRef } from "react";
import classes from "./virtual-rows.module.css";

export interface Column<T> {
  readonly key: string;
  readonly title: ReactNode;
  /** CSS width of its track, such as `8rem` or `minmax(12rem, 2fr)`; never one that depends on what is in a row. */
  readonly width: string;
  readonly render: (row: T, index: number) => ReactNode;
  readonly align?: "end";
}

interface VirtualRowsProps<T> {
  readonly label: string;
  /** A row that is not loaded yet (undefined) is shown as an empty row of the same height. */
  readonly rows: readonly (T | undefined)[];
  readonly columns: readonly Column<T>[];
  readonly rowKey: (row: T) => string;
  readonly rowHeight?: number;
  readonly onOpen?: (row: T) => void;
  readonly isCurrent?: (row: T) => boolean;
  /** Called with the first and last index of the visible rows. */
  readonly onRange?: (first: number, last: number) => void;
  readonly rowProps?: (row: T) => Readonly<Record<string, unknown>>;
}

/** Shows the whole text of a cell, or of a part of it, while the pointer is on it, where it ends in an ellipsis. */
function showWhole({ currentTarget: cell }: React.MouseEvent<HTMLElement>): void {
  const isCut = [cell, ...cell.querySelectorAll<HTMLElement>("*")].some(
    ({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth,
  );
  if (isCut) cell.title = cell.innerText;
  else cell.removeAttribute("title");
}

export function VirtualRows<T>(props: VirtualRowsProps<T>) {
  const { label, rows, columns, rowKey, rowHeight = 44, onOpen, isCurrent, onRange, rowProps } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    onChange: (instance) => {
      const items = instance.getVirtualItems();
      onRange?.(items[0]?.index ?? 0, items.at(-1)?.index ?? 0);
    },
  });
  const tracks = columns.map(({ width }) => width).join(" ");
  return (
    // biome-ignore lint/a11y/useSemanticElements: only some of the rows are mounted, which <table> cannot express
    <div ref={scroller} className={classes.scroller} role="table" aria-label={label} aria-rowcount={rows.length + 1}>
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: headings are not interactive; the controls in them are */}
      <div className={classes.head} role="row" aria-rowindex={1} style={{ gridTemplateColumns: tracks }}>
        {columns.map(({ key, title, align }) => (
          // biome-ignore lint/a11y/useSemanticElements: as above
          // biome-ignore lint/a11y/useFocusableInteractive: a heading is not interactive
          <div key={key} role="columnheader" data-align={align}>
            {title}
          </div>
        ))}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      <div role="rowgroup" style={{ height: virtualizer.getTotalSize(), position: "relative" }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          const place = { gridTemplateColumns: tracks, height: rowHeight, transform: `translateY(${start}px)` };
          if (row === undefined) {
            return (
              // biome-ignore lint/a11y/useSemanticElements: as above
              // biome-ignore lint/a11y/useFocusableInteractive: the row is still empty
              <div key={`at ${index}`} role="row" aria-rowindex={index + 2} className={classes.row} style={place}>
                {/* biome-ignore lint/a11y/useSemanticElements: as above */}
                <div role="cell" className={classes.cell} />
              </div>
            );
          }
          return (
            // biome-ignore lint/a11y/useSemanticElements: as above
            <div
              key={rowKey(row)}
              role="row"
              aria-rowindex={index + 2}
              aria-current={isCurrent?.(row) ? "true" : undefined}
              tabIndex={onOpen === undefined ? undefined : 0}
              className={classes.row}
              data-opens={onOpen !== undefined || undefined}
              style={place}
              onClick={onOpen === undefined ? undefined : () => onOpen(row)}
              onKeyDown={(event) => {
                if (event.key === "Enter" && event.target === event.currentTarget) onOpen?.(row);
              }}
              {...rowProps?.(row)}
            >
              {columns.map(({ key, render, align }) => (
                // biome-ignore lint/a11y/useSemanticElements: as above
                <div key={key} role="cell" data-align={align} className={classes.cell} onMouseEnter={showWhole}>
                  {render(row, index)}
                </div>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}
