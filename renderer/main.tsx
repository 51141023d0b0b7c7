/** Entry point of the pages. */
import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "@mantine/spotlight/styles.css";
import "./main.css";
import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Router } from "wouter";
import { App } from "./app.tsx";
import { useHashPath, useHashSearch } from "./station/hash-location.ts";
import { queries } from "./station/queries.ts";
import { theme } from "./theme.ts";
import { useForcedScheme } from "./ui/color-scheme.ts";
import { guardNavigation } from "./ui/unsaved.ts";

const root = document.getElementById("root");
if (root === null) throw new Error("the page has no place for the workstation");

function Pages() {
  const forced = useForcedScheme();
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      {...(forced === undefined ? {} : { forceColorScheme: forced })}
    >
      {/* Positioned above the editor's status bar, which shows the save state. */}
      <Notifications position="bottom-right" mb={36} />
      <QueryClientProvider client={queries}>
        <Router hook={useHashPath} searchHook={useHashSearch} aroundNav={guardNavigation}>
          <App />
        </Router>
      </QueryClientProvider>
    </MantineProvider>
  );
}

createRoot(root).render(
  <StrictMode>
    <Pages />
  </StrictMode>,
);
