/** Chooses what is compared with what. */
import { Select } from "@mantine/core";
import { texts } from "../../texts/en.ts";
import type { Side } from "../session/state.ts";
import type { Comparison } from "./use-comparison.ts";

const t = texts.editor.compare;

export function SideSelects({ comparison: { sides, compared, choose } }: { readonly comparison: Comparison }) {
  const select = (side: "before" | "after", label: string) => (
    <Select
      size="xs"
      label={label}
      data={sides}
      value={compared[side]}
      allowDeselect={false}
      onChange={(value) => {
        if (value !== null) choose(side, value as Side);
      }}
    />
  );
  return (
    <>
      {select("before", t.old)}
      {select("after", t.new)}
    </>
  );
}
