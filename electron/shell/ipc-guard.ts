/**
 * Registers the desktop calls: each is answered only for the main frame of our own window, and only with input that its
 * schema accepts (README.md, "Calls of pages").
 */
import { type IpcMainInvokeEvent, ipcMain, type WebContents } from "electron";
import { z } from "zod";
import {
  type DesktopCallAnswer,
  type DesktopCallInput,
  type DesktopCallName,
  desktopCalls,
} from "../contract/desktop.ts";
import { isOwnPage } from "./external-links.ts";

export type DesktopHandlers = {
  readonly [N in DesktopCallName]: (input: DesktopCallInput<N>) => DesktopCallAnswer<N> | Promise<DesktopCallAnswer<N>>;
};

/** @throws Error for every other sender; the page learns only that the call failed */
function requireOwnPage({ senderFrame, sender }: IpcMainInvokeEvent, own: WebContents | undefined): void {
  const isOurs =
    own !== undefined &&
    sender.id === own.id &&
    senderFrame !== null &&
    senderFrame === own.mainFrame &&
    isOwnPage(senderFrame.url);
  if (!isOurs) throw new Error("this call comes from no page of ours");
}

/** The input schema of a call, typed by the table of calls. */
function getInputSchema<N extends DesktopCallName>(name: N): z.ZodType<DesktopCallInput<N>> {
  const call = desktopCalls[name];
  return ("input" in call ? call.input(z) : z.undefined()) as z.ZodType<DesktopCallInput<N>>;
}

/** @param window whose page may call; read at each call, because the window may be reopened */
export function handleDesktopCalls(window: () => WebContents | undefined, handlers: DesktopHandlers): void {
  const handle = <N extends DesktopCallName>(name: N): void => {
    const schema = getInputSchema(name);
    ipcMain.handle(desktopCalls[name].channel, async (event, data: unknown) => {
      requireOwnPage(event, window());
      const parsed = schema.safeParse(data);
      if (!parsed.success) throw new Error("this call is not understood");
      return handlers[name](parsed.data);
    });
  };
  for (const name of Object.keys(desktopCalls) as DesktopCallName[]) handle(name);
}
