/** Calls of pages: only from the main frame of our own window, and only what the channel takes (electron-security.md §1, 17). */
import { type IpcMainInvokeEvent, ipcMain, type WebContents } from "electron";
import type { z } from "zod";
import { isOwnPage } from "./external-links.ts";

/** @throws Error for anybody else; the page sees nothing but that it failed */
export function requireOwnPage({ senderFrame, sender }: IpcMainInvokeEvent, own: WebContents | undefined): void {
  const isOurs =
    own !== undefined &&
    sender.id === own.id &&
    senderFrame !== null &&
    senderFrame === own.mainFrame &&
    isOwnPage(senderFrame.url);
  if (!isOurs) throw new Error("this call comes from no page of ours");
}

/** @param window whose page may call; asked for at each call, because windows are opened anew */
export function handleCall(window: () => WebContents | undefined) {
  return <I, O>(channel: string, input: z.ZodType<I>, work: (input: I) => O | Promise<O>): void => {
    ipcMain.handle(channel, async (event, data: unknown) => {
      requireOwnPage(event, window());
      const parsed = input.safeParse(data);
      if (!parsed.success) throw new Error("this call is not understood");
      return work(parsed.data);
    });
  };
}
