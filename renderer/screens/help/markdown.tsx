/** Renders Markdown as React elements; unsupported syntax, including HTML, is shown as plain text. */
import { Anchor, Code, Table } from "@mantine/core";
import type { Token, Tokens } from "marked";
import { Fragment, type ReactNode } from "react";
import { Link } from "wouter";
import { toAnchor, toPlainText } from "./manual.ts";

/** Path of the help screen for a page and a heading on it. */
export const toHelpPath = (page: string, anchor?: string): string =>
  `/help/${page}${anchor === undefined || anchor === "" ? "" : `/${encodeURIComponent(anchor)}`}`;

interface MarkdownProps {
  readonly tokens: readonly Token[];
  /** Name of the page, for links within it. */
  readonly page: string;
}

function ManualLink({ href, page, children }: { href: string; page: string; children: ReactNode }) {
  const [, file, anchor] = /^(?:([\w-]+)\.md)?(?:#(.+))?$/.exec(href) ?? [];
  if (file !== undefined || anchor !== undefined) {
    return (
      <Anchor component={Link} href={toHelpPath(file ?? page, anchor)} underline="always">
        {children}
      </Anchor>
    );
  }
  if (!/^https?:\/\//.test(href)) return children;
  return (
    <Anchor href={href} target="_blank" rel="noopener noreferrer" underline="always">
      {children}
    </Anchor>
  );
}

function ManualTable({ table, page }: { table: Tokens.Table; page: string }) {
  return (
    <Table.ScrollContainer minWidth={0} type="native" tabIndex={0}>
      <Table withTableBorder striped verticalSpacing={4} fz="sm">
        <Table.Thead>
          <Table.Tr>
            {table.header.map((cell) => (
              <Table.Th key={cell.text}>
                <Markdown tokens={cell.tokens} page={page} />
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {table.rows.map((row) => (
            <Table.Tr key={row.map(({ text }) => text).join("|")}>
              {row.map((cell, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the columns of a table are static
                <Table.Td key={column} style={{ verticalAlign: "top" }}>
                  <Markdown tokens={cell.tokens} page={page} />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Heading({ token, page }: { token: Tokens.Heading; page: string }) {
  const HeadingTag = `h${Math.min(token.depth, 4)}` as "h1" | "h2" | "h3" | "h4";
  return (
    <HeadingTag id={`manual-${toAnchor(toPlainText(token.tokens))}`} tabIndex={-1}>
      <Markdown tokens={token.tokens} page={page} />
    </HeadingTag>
  );
}

function List({ list, page }: { list: Tokens.List; page: string }) {
  const items = list.items.map((item) => (
    <li key={item.raw}>
      <Markdown tokens={item.tokens} page={page} />
    </li>
  ));
  return list.ordered ? <ol>{items}</ol> : <ul>{items}</ul>;
}

function renderToken(token: Tokens.Generic | Token, page: string): ReactNode {
  const inner = "tokens" in token && token.tokens !== undefined ? <Markdown tokens={token.tokens} page={page} /> : null;
  switch (token.type) {
    case "space":
    case "def":
      return null;
    case "html":
      // HTML comments are for the authors of the page.
      return String(token.text).startsWith("<!--") ? null : String(token.text);
    case "heading":
      return <Heading token={token as Tokens.Heading} page={page} />;
    case "paragraph":
      return <p>{inner}</p>;
    case "list":
      return <List list={token as Tokens.List} page={page} />;
    case "table":
      return <ManualTable table={token as Tokens.Table} page={page} />;
    case "code":
      return (
        <Code block tabIndex={0} mb="md">
          {String(token.text)}
        </Code>
      );
    case "codespan":
      return <Code>{String(token.text)}</Code>;
    case "strong":
      return <strong>{inner}</strong>;
    case "em":
      return <em>{inner}</em>;
    case "br":
      return <br />;
    case "hr":
      return <hr />;
    case "blockquote":
      return <blockquote>{inner}</blockquote>;
    case "link":
      return (
        <ManualLink href={String(token.href)} page={page}>
          {inner}
        </ManualLink>
      );
    default:
      return inner ?? ("text" in token ? String(token.text) : null);
  }
}

export function Markdown({ tokens, page }: MarkdownProps) {
  return tokens.map((token, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a page is static
    <Fragment key={index}>{renderToken(token, page)}</Fragment>
  ));
}
