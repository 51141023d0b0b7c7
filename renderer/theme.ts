/** The Mantine theme of the workstation: dense, calm, and readable at any size. */
import { createTheme, type MantineColorsTuple } from "@mantine/core";
import { texts } from "./texts/en.ts";

const harbor: MantineColorsTuple = [
  "#e9f3fb",
  "#d5e4f2",
  "#a7c7e5",
  "#76a8d8",
  "#5f9bd6",
  "#367ec7",
  "#2775c5",
  "#1a64ae",
  "#0f589c",
  "#004c8a",
];

export const theme = createTheme({
  primaryColor: "harbor",
  primaryShade: { light: 7, dark: 7 },
  colors: { harbor },
  autoContrast: true,
  defaultRadius: "md",
  fontFamily: "system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif",
  fontSizes: { xs: "0.78rem", sm: "0.875rem", md: "0.95rem", lg: "1.1rem", xl: "1.3rem" },
  components: {
    CloseButton: { defaultProps: { "aria-label": texts.close } },
    Button: { defaultProps: { size: "sm" } },
    TextInput: { defaultProps: { size: "sm" } },
    Select: { defaultProps: { size: "sm", allowDeselect: false } },
    Tooltip: { defaultProps: { openDelay: 400 } },
  },
});
