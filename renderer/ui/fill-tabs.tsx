/** Tabs that take the remaining height: the open panel fills it, or scrolls in it. */
import { ScrollArea, Tabs } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { mayDiscard } from "./unsaved.ts";

export interface FillTab {
  readonly value: string;
  readonly label: ReactNode;
  readonly panel: ReactNode;
  /** The panel fills the height and scrolls its own content; otherwise it scrolls as a whole. */
  readonly fills?: boolean;
}

interface FillTabsProps {
  readonly tabs: readonly FillTab[];
  /** The initially open tab; undefined: the first one. */
  readonly start?: string | undefined;
  /** Narrow tabs with an overlaid scroll bar, for use beside other content. */
  readonly isNarrow?: boolean;
}

export function FillTabs({ tabs, start, isNarrow = false }: FillTabsProps) {
  const [open, setOpen] = useState(start ?? tabs[0]?.value ?? null);
  return (
    <Tabs
      value={open}
      // The panel that is left is taken away, with what was typed into it.
      onChange={(value) => mayDiscard() && setOpen(value)}
      style={{ flex: 1, minHeight: 0, display: "flex", flexDirection: "column" }}
      keepMounted={false}
    >
      <Tabs.List>
        {tabs.map(({ value, label }) => (
          <Tabs.Tab key={value} value={value} {...(isNarrow ? { px: 6 } : {})}>
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {isNarrow ? (
        <ScrollArea viewportProps={{ tabIndex: 0 }} style={{ flex: 1 }} type="auto" mt="sm">
          {tabs.map(({ value, panel }) => (
            <Tabs.Panel key={value} value={value}>
              {panel}
            </Tabs.Panel>
          ))}
        </ScrollArea>
      ) : (
        tabs.map(({ value, panel, fills }) => (
          <Tabs.Panel
            key={value}
            value={value}
            pt="md"
            style={fills ? { flex: 1, minHeight: 0 } : { overflow: "auto" }}
          >
            {panel}
          </Tabs.Panel>
        ))
      )}
    </Tabs>
  );
}
