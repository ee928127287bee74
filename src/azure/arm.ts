/** Entry point of `arm.cjs`. Reach it through `door.ts`. */
export { openAzure } from "./open.ts";
export { connectWithAccounts } from "./accounts/auth.ts";
export { connectToEndpoint } from "./accounts/endpointConnection.ts";
export { isAzureError, problemOf } from "./errors/errors.ts";
