/** Find and replace with a live count and results in context; replacing one or all is one step of the history. */
import { Button, Checkbox, Chip, Group, Select, Text, TextInput, Tooltip, UnstyledButton } from "@mantine/core";
import { useEffect, useMemo, useRef, useState } from "react";
import { cueText } from "../../../electron/captions/cue.ts";
import type { EditCue } from "../../../electron/captions/editing/document.ts";
import {
  buildPattern,
  type FindOptions,
  findAll,
  type Hit,
  replacement,
} from "../../../electron/captions/editing/find.ts";
import { KeyTip } from "../../actions/key-tip.tsx";
import { formatKeys } from "../../actions/keys.ts";
import { texts } from "../../texts/en.ts";
import { notifyDone } from "../../ui/notify.ts";
import { useEditor, useEditorSession } from "../context.ts";
import classes from "../editor.module.css";
import type { EditorSession } from "../session/session.ts";

const t = texts.editor.find;
const maxShown = 200;

type Scope = "all" | "chosen" | "speaker" | "chapter" | "open";

function inScope(session: EditorSession, scope: Scope): (cue: EditCue) => boolean {
  const { activeCue, document, state } = session;
  if (scope === "chosen") return ({ id }) => state.selectedIds.has(id);
  if (scope === "speaker") return ({ speaker }) => speaker === activeCue?.speaker;
  if (scope === "open") return ({ reviewed }) => !reviewed;
  if (scope === "all") return () => true;
  const chapters = document.marks.filter(({ kind }) => kind === "chapter").map(({ atMs }) => atMs);
  const here = activeCue?.startMs ?? 0;
  const from = chapters.findLast((atMs) => atMs <= here) ?? 0;
  const to = chapters.find((atMs) => atMs > here) ?? Number.POSITIVE_INFINITY;
  return ({ startMs }) => startMs >= from && startMs < to;
}

function Context({ cue, hit }: { readonly cue: EditCue; readonly hit: Hit }) {
  const text = cueText(cue);
  return (
    <Text size="sm" lineClamp={2}>
      {text.slice(0, hit.from)}
      <mark>{text.slice(hit.from, hit.to)}</mark>
      {text.slice(hit.to)}
    </Text>
  );
}

export interface FindRequest {
  /** `focus` selects the search field; `next` goes to the next hit. */
  readonly options: "focus" | "next";
  /** Incremented with each request. */
  readonly count: number;
}

const toHitKey = ({ cue, from }: Hit): string => `${cue} ${from}`;

export function Find({ request }: { readonly request: FindRequest }) {
  const session = useEditorSession();
  const cues = useEditor(({ document }) => document.cues);
  const active = useEditor((state) => state.activeCueId);
  const selectedIds = useEditor((state) => state.selectedIds);
  const [options, setOptions] = useState<FindOptions>({ text: "" });
  const [text, setText] = useState("");
  const [preserveCase, setPreserveCase] = useState(true);
  const [scope, setScope] = useState<Scope>("all");
  const [excluded, setExcluded] = useState<ReadonlySet<string>>(new Set());
  /** Position up to which the active caption has been replaced. */
  const [place, setPlace] = useState<{ readonly cue: number; readonly from: number }>();
  const field = useRef<HTMLInputElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: some scopes depend on the active caption
  const hits = useMemo(
    () => findAll(cues, options, inScope(session, scope)),
    [cues, options, scope, session, selectedIds, scope === "all" ? 0 : active],
  );
  // Another search has other hits.
  // biome-ignore lint/correctness/useExhaustiveDependencies: depends on the search, not on its results
  useEffect(() => {
    setExcluded(new Set());
    setPlace(undefined);
  }, [options, scope]);
  const included = hits.filter((hit) => !excluded.has(toHitKey(hit)));
  const setIncluded = (hit: Hit, isIn: boolean): void => {
    const next = new Set(excluded);
    if (isIn) next.delete(toHitKey(hit));
    else next.add(toHitKey(hit));
    setExcluded(next);
  };
  const set = (part: Partial<FindOptions>): void => setOptions({ ...options, ...part });
  const go = (hit: Hit): void => session.activate(hit.cue);
  const next = (): void => {
    const at = session.activeIndex;
    const hit = hits.find(({ index }) => index > at) ?? hits[0];
    if (hit !== undefined) go(hit);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per request
  useEffect(() => {
    if (request.count === 0) return;
    if (request.options === "focus" || options.text === "") field.current?.select();
    else next();
  }, [request]);
  const replace = (some: readonly Hit[]): void => {
    if (some.length === 0) return;
    const command = replacement(cues, some, options, { with: text, preserveCase }, session.meeting.profile.cues);
    if (command.cues.length === 0) notifyDone(t.nothingReplaced);
    else session.edit(command);
  };
  const current = hits.find(({ cue, from }) => cue === active && (place?.cue !== cue || from >= place.from));
  const replaceOne = (): void => {
    if (current === undefined) return;
    replace([current]);
    const follows = hits[hits.indexOf(current) + 1];
    // A caption may have several hits; the inserted text is not searched again.
    setPlace({ cue: current.cue, from: current.from + text.length });
    if (follows?.cue !== current.cue) next();
  };
  const isBad = options.text !== "" && buildPattern(options) === undefined;
  return (
    <>
      <TextInput
        ref={field}
        size="xs"
        label={t.text}
        value={options.text}
        // Search runs in review mode: moving from hit to hit leaves the focus here.
        onFocus={() => session.store.setState({ mode: "review" })}
        error={isBad ? t.badPattern : undefined}
        onChange={(event) => set({ text: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          // `Enter` goes to the next hit and must not enter a caption.
          event.preventDefault();
          next();
        }}
      />
      <TextInput
        size="xs"
        label={t.with}
        description={t.withKeys}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          if (event.ctrlKey || event.metaKey) replace(included);
          else if (current === undefined) next();
          else replaceOne();
        }}
      />
      <Group gap={4}>
        {(
          [
            ["matchCase", t.matchCase, t.matchCaseLead],
            ["wholeWords", t.whole, t.wholeLead],
            ["isPattern", t.pattern, t.patternLead],
            ["matchAccents", t.accents, t.accentsLead],
          ] as const
        ).map(([key, label, lead]) => (
          <Chip
            key={key}
            size="xs"
            checked={options[key] === true}
            aria-label={lead}
            title={lead}
            onChange={(value) => set({ [key]: value })}
          >
            {label}
          </Chip>
        ))}
        <Chip size="xs" checked={preserveCase} onChange={setPreserveCase}>
          {t.preserve}
        </Chip>
      </Group>
      <Select
        size="xs"
        aria-label={t.scope}
        data={Object.entries(t.scopes).map(([value, label]) => ({ value, label }))}
        value={scope}
        onChange={(value) => setScope(value as Scope)}
      />
      <Group gap="xs">
        <Text size="sm" role="status" style={{ flex: 1 }}>
          {options.text === "" ? "" : t.count(hits.length)}
        </Text>
        <KeyTip action="find-next">
          <Button size="compact-sm" variant="default" disabled={hits.length === 0} onClick={next}>
            {t.next}
          </Button>
        </KeyTip>
        <Tooltip label={t.replaceOneTip(formatKeys("Enter"))}>
          <Button size="compact-sm" variant="default" disabled={current === undefined} onClick={replaceOne}>
            {t.replaceOne}
          </Button>
        </Tooltip>
        <Tooltip label={t.replaceAllTip(formatKeys("Mod+Enter"))}>
          <Button size="compact-sm" disabled={included.length === 0} onClick={() => replace(included)}>
            {t.replaceAll(included.length)}
          </Button>
        </Tooltip>
      </Group>
      {hits.length > maxShown ? (
        <Text size="xs" c="dimmed">
          {t.firstOnes(maxShown)}
        </Text>
      ) : null}
      <div className={classes.entries}>
        {hits.slice(0, maxShown).map((hit) => {
          const cue = cues[hit.index];
          return cue === undefined ? null : (
            <Group key={toHitKey(hit)} gap={6} wrap="nowrap">
              <Checkbox
                size="xs"
                aria-label={t.take(hit.index + 1)}
                checked={!excluded.has(toHitKey(hit))}
                onChange={(event) => setIncluded(hit, event.currentTarget.checked)}
              />
              <UnstyledButton className={classes.entry} style={{ flex: 1 }} onClick={() => go(hit)}>
                <span className={classes.small}>{hit.index + 1}</span>
                <Context cue={cue} hit={hit} />
              </UnstyledButton>
            </Group>
          );
        })}
      </div>
    </>
  );
}
