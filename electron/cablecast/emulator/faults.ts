/** What can go wrong with a Cablecast server, each by a switch (electron/cablecast/README.md, "The emulator"). */
export interface Faults {
  /** Nobody's credentials are right. */
  rejectCredentials: boolean;
  /** A network in front of the server lets only reading through. */
  refuseWrites: boolean;
  /** So many calls are answered with 502 before one is not. */
  badGateways: number;
  /** Errors are HTML pages instead of JSON. */
  htmlErrors: boolean;
  /** Every answer takes this long, in milliseconds. */
  slowMs: number;
  /** What `offset` counts. */
  offsetMode: "page" | "item";
  /** The fields of an older server. */
  oldServer: boolean;
  /** Fields that nobody knows yet. */
  newServer: boolean;
  /** The key that one old client reads. */
  mediasKey: boolean;
  noSideloads: boolean;
  postStatus: 200 | 201;
  /** A caption file that was uploaded is never taken for a sidecar. */
  ignoreUploadedSidecars: boolean;
  /** The asset of an upload is told only at the end. */
  lateAssets: boolean;
  /** Calls that are carried out and whose answer is lost: method and path, each once. */
  loseAnswers: string[];
  /** Uploads end in the state Error or Timeout. */
  failUploads: 0 | 6 | undefined;
  /** Captions are not served yet. */
  hideCaptions: boolean;
  /** A sidecar that has changed is not noticed. */
  staleCaptions: boolean;
  /** Custom fields that are sent are not taken. */
  dropCustomFields: boolean;
  /** Searches give so many results at most; undefined: all. */
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
  shortSearches: undefined,
});
