/** Windows show our pages and nothing else (README.md, "Pages and links"). */
import { app, type Event, type WebContents } from "electron";
import { pagesOrigin } from "../contract/desktop.ts";
import type { DesktopContext } from "./context.ts";
import { isOwnPage, type OpenOutside, openExternalLink } from "./external-links.ts";

function guard(contents: WebContents, openOutside: OpenOutside): void {
  const stay = (event: Event<{ url: string }>): void => {
    if (!isOwnPage(event.url)) event.preventDefault();
  };
  contents.on("will-navigate", stay);
  contents.on("will-redirect", stay);
  contents.on("will-frame-navigate", (event) => {
    if (!isOwnPage(event.url)) event.preventDefault();
  });
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    // A link of a page: shown in the browser where it leads to a place that we know.
    if (!url.startsWith(pagesOrigin)) void openOutside(url);
    return { action: "deny" };
  });
}

/** From now on, for every window and whatever else shows something. */
export function setupNavigation({ supervisor }: DesktopContext): void {
  // Nothing is opened outside before the station has said where its Cablecast server is.
  const openOutside = openExternalLink(() => {
    const { state } = supervisor;
    return state.kind === "ready" ? state.station.origins : [];
  });
  app.on("web-contents-created", (_event, contents) => guard(contents, openOutside));
}
