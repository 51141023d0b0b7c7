/** The thread in which one password is hashed. */
import { scryptSync } from "node:crypto";
import { parentPort, workerData } from "node:worker_threads";
import type { HashRequest } from "./passwords.ts";

const { password, salt, keyBytes, cost } = workerData as HashRequest;
parentPort?.postMessage(scryptSync(password, salt, keyBytes, cost));
