/**
 * True when this code runs from a packaged application: from inside an ASAR archive, or from beside one. Nothing is
 * ever compiled there: it has no sources, and a station's machine no compiler.
 */
export function isPackaged(codeFolder: string = import.meta.dirname): boolean {
  return /[\\/](app\.asar|app\.asar\.unpacked)([\\/]|$)/.test(codeFolder);
}
