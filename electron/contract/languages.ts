/** Languages of meetings. */
import { z } from "zod";

/** ISO 639-1 or 639-2 code of a spoken language. */
export const languageCodeSchema = z.string().regex(/^[a-z]{2,3}$/);

/** How captions show what is said in another language than the meeting's. */
export const otherLanguageCaptions = ["spoken", "translated"] as const;
