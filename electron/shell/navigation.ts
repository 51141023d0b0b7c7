/** Restricts windows to our pages (README.md, "Pages and links"). */
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
    // A link in a page is opened in the browser if its origin is known.
    if (!url.startsWith(pagesOrigin)) void openOutside(url);
    return { action: "deny" };
  });
}

/** Applies to every window and any other web contents from now on. */
export function setupNavigation({ supervisor }: DesktopContext): void {
  // No link is opened before the station has reported the address of its Cablecast server.
  const openOutside = openExternalLink(() => {
    const { state } = supervisor;
    return state.kind === "ready" ? state.station.origins : [];
  });
  app.on("web-contents-created", (_event, contents) => guard(contents, openOutside));
}
