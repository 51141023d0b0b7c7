/**
 * True when this code runs in a packaged application: in an ASAR archive, or beside one. Nothing is compiled there: it
 * contains no sources, and a station's machine has no compiler.
 */
export function isPackaged(codeFolder: string = import.meta.dirname): boolean {
  return /[\\/](app\.asar|app\.asar\.unpacked)([\\/]|$)/.test(codeFolder);
}
