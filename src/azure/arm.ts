import { connectWithAccounts } from "./accounts/auth.ts";
import { connectToEndpoint } from "./accounts/endpointConnection.ts";
import { isAzureError, problemOf } from "./errors/errors.ts";
import { openAzure } from "./open.ts";

/** What `arm.cjs` gives out. Reach it through `door.ts`. */
export const arm = { openAzure, connectWithAccounts, connectToEndpoint, isAzureError, problemOf };
