/** The comparison that is shown, in the inspector and on the whole window: its sides, its differences, and taking them back. */
import { useMemo } from "react";
import type { Cue } from "../../../electron/captions/cue.ts";
import type { CommandFor } from "../../../electron/captions/editing/command.ts";
import { compareCues, type Difference } from "../../../electron/captions/editing/compare.ts";
import { indexAt } from "../../../electron/captions/time/index-at.ts";
import { useEditor, useEditorSession } from "../context.ts";
import type { Side } from "../session/state.ts";
import { type SideChoice, sideName, useSide, useSides } from "./sides.ts";

type Stretch = Pick<CommandFor<"exchange">, "startMs" | "endMs" | "spans">;

export interface Comparison {
  readonly sides: SideChoice[];
  readonly compared: { readonly before: Side; readonly after: Side };
  readonly choose: (side: "before" | "after", value: Side) => void;
  /** undefined: the sides are being fetched. */
  readonly differences: readonly Difference[] | undefined;
  /** The captions of the second side. */
  readonly after: readonly Cue[] | undefined;
  /** Only what is here now can be taken back. */
  readonly canRevert: boolean;
  /** Takes the first side's captions over, in one edit. @param stretch where; nothing: everywhere */
  readonly revert: (stretch: Stretch) => void;
}

export function useComparison(): Comparison {
  const session = useEditorSession();
  const compared = useEditor((state) => state.compared);
  const isWriter = useEditor((state) => state.isWriter);
  const sides = useSides([compared.before, compared.after]);
  const before = useSide(compared.before);
  const after = useSide(compared.after);
  const differences = useMemo(
    () => (before === undefined || after === undefined ? undefined : compareCues(before, after)),
    [before, after],
  );
  const from = sideName(sides, compared.before);
  return {
    sides,
    compared,
    choose: (side, value) => session.store.setState({ compared: { ...compared, [side]: value } }),
    differences,
    after,
    canRevert: compared.after === "now" && isWriter && before !== undefined,
    revert: (stretch) => {
      if (before === undefined) return;
      // What is not taken over does not have to be sent.
      const { spans } = stretch;
      const isInside = ({ startMs }: Cue): boolean => startMs < (spans?.[indexAt(spans, startMs)]?.endMs ?? 0);
      const cues = spans === undefined ? before : before.filter(isInside);
      session.edit({ type: "exchange", reason: "revert", from, ...stretch, cues });
    },
  };
}
