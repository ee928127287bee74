// Runs in the extension host in the place of VS Code's own Microsoft provider, which does not replace it as long as the cloud's settings stay
// as they are. Its accounts are the sandbox's, and each token is issued by the sandbox for one account and tenant. Told by variables where the
// sandbox is (ACCOUNTS_SANDBOX, ACCOUNTS_TOKEN), in which tenant a sign-in of its own is needed (ACCOUNTS_LOCKED), and where to write down what
// it is asked for (ACCOUNTS_REPORT).
const { appendFileSync } = require("node:fs");
const { request } = require("node:https");
const vscode = require("vscode");

/**
 * @typedef {vscode.AuthenticationSessionAccountInformation} Account
 * @typedef {{ readonly scheme: string, readonly params: Readonly<Record<string, string>> }} Challenge
 * @typedef {{ readonly challenges: readonly Challenge[], readonly fallbackScopes?: readonly string[] }} Constraint
 */

const id = "microsoft-sovereign-cloud";
const {
  ACCOUNTS_SANDBOX = "",
  ACCOUNTS_TOKEN = "",
  ACCOUNTS_LOCKED = "",
  ACCOUNTS_REPORT = "",
} = process.env;
const home = "";

/** @type {vscode.EventEmitter<vscode.AuthenticationProviderAuthenticationSessionsChangeEvent>} */
const changed = new vscode.EventEmitter();
/** The accounts that are signed in. @type {Map<string, Account>} */
const signedIn = new Map();
/** `<account>/<tenant>` of the sign-ins that were asked for one tenant. @type {Set<string>} */
const unlocked = new Set();
/** `<account>/<tenant>` → the claims that were satisfied there. @type {Map<string, string>} */
const satisfied = new Map();

exports.activate = (/** @type {vscode.ExtensionContext} */ context) => {
  const provider = {
    onDidChangeSessions: changed.event,
    getSessions,
    createSession,
    removeSession,
    ...ofChallenges,
  };
  const options = { supportsMultipleAccounts: true, supportsChallenges: true };
  context.subscriptions.push(
    changed,
    vscode.commands.registerCommand("accountProvider.signOut", removeSession),
    vscode.authentication.registerAuthenticationProvider(id, "Test Cloud", provider, options),
  );
};

/**
 * @param {readonly string[] | undefined} scopes
 * @param {{ account?: Account }} options
 */
async function getSessions(scopes, { account }) {
  const tenantId = tenantOf(scopes);
  const asked = [...signedIn.values()].filter(({ id: one }) => account === undefined || account.id === one);
  const sessions = asked.map(async (one) => {
    const key = `${one.id}/${tenantId}`;
    const isLocked = tenantId === ACCOUNTS_LOCKED && !unlocked.has(key);
    return isLocked ? [] : [await sessionOf(one, tenantId, scopes ?? [], satisfied.get(key))];
  });
  return (await Promise.all(sessions)).flat();
}

/**
 * @param {readonly string[]} scopes
 * @param {{ account?: Account }} options
 */
async function createSession(scopes, { account }) {
  const chosen = account ?? (await pick());
  const tenantId = tenantOf(scopes);
  report({ event: "createSession", account: chosen.label, tenantId });
  signedIn.set(chosen.id, chosen);
  unlocked.add(`${chosen.id}/${tenantId}`);
  const session = await sessionOf(chosen, tenantId, scopes);
  changed.fire({ added: [session], removed: [], changed: [] });
  return session;
}

async function removeSession() {
  signedIn.clear();
  changed.fire({ added: [], removed: [], changed: [] });
}

const ofChallenges = {
  /**
   * @param {Constraint} constraint
   * @param {{ account?: Account }} options
   */
  async getSessionsFromChallenges({ challenges, fallbackScopes }, options) {
    const key = `${options.account?.id}/${tenantOf(fallbackScopes)}`;
    return satisfied.get(key) === claimsOf(challenges) ? getSessions(fallbackScopes, options) : [];
  },

  /**
   * @param {Constraint} constraint
   * @param {{ account?: Account }} options
   */
  async createSessionFromChallenges({ challenges, fallbackScopes }, { account }) {
    if (account === undefined) throw new Error("The challenge came without an account.");
    const [tenantId, claims] = [tenantOf(fallbackScopes), claimsOf(challenges)];
    report({ event: "challenge", account: account.label, tenantId, claims });
    satisfied.set(`${account.id}/${tenantId}`, claims);
    const session = await sessionOf(account, tenantId, fallbackScopes ?? [], claims);
    changed.fire({ added: [], removed: [], changed: [session] });
    return session;
  },
};

/** Asks for one of the sandbox's accounts, as the sign-in page does. */
async function pick() {
  const { value } = await ask("GET", "/sandbox/accounts");
  const names = value.map((/** @type {{ name: string }} */ { name }) => name);
  const label = await vscode.window.showQuickPick(names, { title: "Sign in to Test Cloud" });
  if (label === undefined) throw new vscode.CancellationError();
  return { id: `id-of-${label}`, label };
}

/**
 * @param {Account} account
 * @param {string} tenantId
 * @param {readonly string[]} scopes
 * @param {string} [claims]
 * @returns {Promise<vscode.AuthenticationSession>}
 */
async function sessionOf(account, tenantId, scopes, claims) {
  const wanted = {
    account: account.label,
    ...(tenantId !== home && { tenantId }),
    ...(claims && { claims }),
  };
  const { token } = await ask("POST", "/sandbox/tokens", wanted);
  return { id: `${account.id}/${tenantId}`, accessToken: token, account, scopes };
}

/** @param {readonly string[] | undefined} scopes */
function tenantOf(scopes = []) {
  const prefix = "VSCODE_TENANT:";
  return scopes.find((scope) => scope.startsWith(prefix))?.slice(prefix.length) ?? home;
}

/** @param {readonly Challenge[]} challenges */
function claimsOf(challenges) {
  return challenges.find(({ params }) => params["claims"] !== undefined)?.params["claims"] ?? "";
}

/** @param {object} line */
function report(line) {
  appendFileSync(ACCOUNTS_REPORT, `${JSON.stringify(line)}\n`);
}

/**
 * @param {string} method
 * @param {string} path
 * @param {object} [body]
 */
function ask(method, path, body) {
  const headers = { authorization: `Bearer ${ACCOUNTS_TOKEN}`, "content-type": "application/json" };
  return new Promise((resolve, reject) => {
    const call = request(new URL(path, ACCOUNTS_SANDBOX), { method, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk) => (text += chunk));
      response.on("error", reject).on("end", () => {
        if (response.statusCode === 200) resolve(JSON.parse(text));
        else reject(new Error(`The sandbox answers ${response.statusCode} to ${path}: ${text}`));
      });
    });
    call.on("error", reject).end(body && JSON.stringify(body));
  });
}
