/** Windows show our pages and nothing else (electron-security.md §1, 11 to 14). */
import { app, type Event, type WebContents } from "electron";
import { pagesOrigin } from "../contract/desktop.ts";
import { isOwnPage, type OpenOutside } from "./external-links.ts";

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
export function limitNavigation(openOutside: OpenOutside): void {
  app.on("web-contents-created", (_event, contents) => guard(contents, openOutside));
}
