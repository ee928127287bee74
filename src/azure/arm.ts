/** Entry point of `arm.cjs`. Reach it through `door.ts`. */
export { openAzure } from "./open.ts";
export { connectWithAccounts } from "./auth.ts";
export { connectToEndpoint } from "./endpointConnection.ts";
export { isAzureError, problemOf } from "./errors.ts";
