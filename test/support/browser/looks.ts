/** How screens are looked at: both color schemes and both sizes. */
export interface Look {
  readonly colorScheme: "light" | "dark";
  readonly width: number;
  readonly height: number;
}

const small = { width: 1280, height: 800 };
const large = { width: 1920, height: 1080 };

/** Each scheme and each size once; every combination where pictures are taken (`npm run screenshots`). */
export const looks: readonly Look[] = [
  { colorScheme: "dark", ...small },
  { colorScheme: "light", ...large },
  ...(process.env.SCREENSHOTS_FOLDER === undefined
    ? []
    : [
        { colorScheme: "light" as const, ...small },
        { colorScheme: "dark" as const, ...large },
      ]),
];
