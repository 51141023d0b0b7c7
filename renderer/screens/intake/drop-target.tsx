/** Accepts recordings dropped anywhere on the window. */
import { Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { useLocation } from "wouter";
import { desktop } from "../../station/desktop.ts";
import { texts } from "../../texts/en.ts";
import { runAndNotify } from "../../ui/notify.ts";
import { addFiles, addPaths, droppedFiles } from "./list.ts";

export function DropTarget() {
  const [isOver, setOver] = useState(false);
  const [, go] = useLocation();
  useEffect(() => {
    const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;
    const over = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent): void => {
      if (!hasFiles(event) || event.dataTransfer === null) return;
      event.preventDefault();
      setOver(false);
      go("/intake");
      // The dropped files are available only during the event.
      const files = [...event.dataTransfer.files];
      const lying = files.map((file) => desktop?.getFilePath(file) ?? "").filter(Boolean);
      const dropped = lying.length === files.length ? [] : droppedFiles(event.dataTransfer.items);
      void runAndNotify(async () => {
        // Files on this machine or on a share are added by path, without an upload.
        if (lying.length > 0) await addPaths(lying);
        await addFiles((await dropped).filter((file) => !desktop?.getFilePath(file)));
      });
    };
    const listeners = { dragover: over, dragenter: over, dragleave: leave, drop } as const;
    for (const [name, listener] of Object.entries(listeners)) window.addEventListener(name, listener as EventListener);
    return () => {
      for (const [name, listener] of Object.entries(listeners))
        window.removeEventListener(name, listener as EventListener);
    };
  }, [go]);
  return isOver ? (
    <div className="drop">
      <Text size="xl" fw={600}>
        {texts.intake.drop}
      </Text>
    </div>
  ) : null;
}
