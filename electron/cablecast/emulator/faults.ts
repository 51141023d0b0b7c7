/** Faults of a Cablecast server that can be switched on one by one (electron/cablecast/README.md, "The emulator"). */
export interface Faults {
  /** All credentials are rejected. */
  rejectCredentials: boolean;
  /** A network device in front of the server allows reads only. */
  refuseWrites: boolean;
  /** Number of calls that are answered with 502 before one succeeds. */
  badGateways: number;
  /** Errors are HTML pages instead of JSON. */
  htmlErrors: boolean;
  /** Delay of every response, in milliseconds. */
  slowMs: number;
  /** What `offset` counts. */
  offsetMode: "page" | "item";
  /** The fields of an older server. */
  oldServer: boolean;
  /** Adds unknown fields of a future version. */
  newServer: boolean;
  /** The root key that one old client reads. */
  mediasKey: boolean;
  noSideloads: boolean;
  postStatus: 200 | 201;
  /** An uploaded caption file is never detected as a sidecar. */
  ignoreUploadedSidecars: boolean;
  /** The asset of an upload is reported only at the end. */
  lateAssets: boolean;
  /** Calls that are carried out but whose response is lost: method and path, each once. */
  loseAnswers: string[];
  /** Uploads end in the state Error or Timeout. */
  failUploads: 0 | 6 | undefined;
  /** Captions are not served yet. */
  hideCaptions: boolean;
  /** A changed sidecar is not detected. */
  staleCaptions: boolean;
  /** Custom fields in requests are ignored. */
  dropCustomFields: boolean;
  /** The server offers no thumbnails of a show's video. */
  noThumbnails: boolean;
  /** A chosen thumbnail is ignored. */
  dropThumbnail: boolean;
  /** Maximum number of results of a search; undefined: all. */
  shortSearches: number | undefined;
}

export const noFaults = (): Faults => ({
  rejectCredentials: false,
  refuseWrites: false,
  badGateways: 0,
  htmlErrors: false,
  slowMs: 0,
  offsetMode: "page",
  oldServer: false,
  newServer: false,
  mediasKey: false,
  noSideloads: false,
  postStatus: 200,
  ignoreUploadedSidecars: false,
  lateAssets: false,
  loseAnswers: [],
  failUploads: undefined,
  hideCaptions: false,
  staleCaptions: false,
  dropCustomFields: false,
  noThumbnails: false,
  dropThumbnail: false,
  shortSearches: undefined,
});
