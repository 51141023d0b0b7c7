/** The manual: topics and search on the left, a page on the right. */
import { Highlight, NavLink, Stack, Text, TextInput, Typography } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { Link, useLocation } from "wouter";
import { texts } from "../../texts/en.ts";
import { Screen } from "../../ui/screen.tsx";
import classes from "./help.module.css";
import { indexPage, type ManualHit, type ManualPage, searchManual } from "./manual.ts";
import { Markdown, toHelpPath } from "./markdown.tsx";
import { manualPages } from "./pages.ts";

const t = texts.help;

interface HelpProps {
  /** Name of a page of the manual. */
  readonly page?: string | undefined;
  /** Anchor of a heading on the page. */
  readonly anchor?: string | undefined;
}

const toHitPath = ({ page, section }: ManualHit): string => toHelpPath(page.name, section.anchor);

/** Moves the focus through the list with the arrow keys; from the first entry back to the search field above it. */
function moveFocus(event: KeyboardEvent<HTMLElement>, field: HTMLElement | null): void {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step === 0) return;
  event.preventDefault();
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>("a")];
  const index = links.indexOf(document.activeElement as HTMLElement);
  if (index + step < 0) field?.focus();
  else links[index + step]?.focus();
}

function Topics({ current }: { readonly current: ManualPage }) {
  return manualPages.map(({ name, title }) => (
    <NavLink
      key={name}
      component={Link}
      href={toHelpPath(name)}
      label={title}
      active={name === current.name}
      aria-current={name === current.name ? "page" : undefined}
      py={6}
      style={{ borderRadius: "var(--mantine-radius-md)" }}
    />
  ));
}

function Hits({ hits, query }: { readonly hits: readonly ManualHit[]; readonly query: string }) {
  if (hits.length === 0) {
    return (
      <Text c="dimmed" size="sm" px="xs">
        {t.nothing}
      </Text>
    );
  }
  const words = query.split(/\s+/).filter(Boolean);
  return hits.map((hit) => (
    <NavLink
      key={toHitPath(hit)}
      component={Link}
      href={toHitPath(hit)}
      label={
        <>
          <Highlight component="span" highlight={words} fw={600} fz="sm">
            {hit.section.heading}
          </Highlight>
          {hit.section.heading === hit.page.title ? null : (
            <Text component="span" display="block" size="xs" c="dimmed">
              {hit.page.title}
            </Text>
          )}
        </>
      }
      description={
        <Highlight component="span" highlight={words} fz="xs">
          {hit.snippet}
        </Highlight>
      }
      py={6}
      style={{ borderRadius: "var(--mantine-radius-md)" }}
    />
  ));
}

export function Help({ page: name = indexPage, anchor }: HelpProps) {
  const [query, setQuery] = useState("");
  const [, go] = useLocation();
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLElement>(null);
  const article = useRef<HTMLElement>(null);
  const hits = useMemo(() => searchManual(manualPages, query), [query]);
  const page = manualPages.find((each) => each.name === name) ?? manualPages[0];
  useEffect(() => {
    const heading = anchor === undefined ? null : document.getElementById(`manual-${anchor}`);
    // Scroll to the requested heading; another page begins at its top.
    if (heading === null) article.current?.scrollTo({ top: 0 });
    else heading.scrollIntoView({ block: "start" });
    if (name !== indexPage || heading !== null) (heading ?? article.current)?.focus({ preventScroll: true });
  }, [name, anchor]);
  useEffect(() => field.current?.focus(), []);
  if (page === undefined) return null;
  const isSearching = query.trim() !== "";
  return (
    <Screen title={t.title} fills>
      <div className={classes.help}>
        <Stack gap="xs" className={classes.side}>
          <TextInput
            ref={field}
            type="search"
            aria-label={t.search}
            placeholder={t.search}
            leftSection={<IconSearch size={16} aria-hidden />}
            value={query}
            onChange={(event) => setQuery(event.currentTarget.value)}
            onKeyDown={(event) => {
              const [first] = hits;
              if (event.key === "Enter" && first !== undefined) go(toHitPath(first));
              if (event.key === "Escape") setQuery("");
              if (event.key !== "ArrowDown") return;
              event.preventDefault();
              list.current?.querySelector<HTMLElement>("a")?.focus();
            }}
          />
          <Text size="xs" c="dimmed" role="status" px="xs">
            {isSearching ? t.found(hits.length) : t.topics}
          </Text>
          <section
            ref={list}
            aria-label={isSearching ? t.hits : t.topics}
            className={classes.list}
            onKeyDown={(event) => moveFocus(event, field.current)}
          >
            {isSearching ? <Hits hits={hits} query={query} /> : <Topics current={page} />}
          </section>
        </Stack>
        <article ref={article} tabIndex={-1} className={classes.page} aria-label={page.title}>
          <Typography>
            <Markdown tokens={page.tokens} page={page.name} />
          </Typography>
        </article>
      </div>
    </Screen>
  );
}
