// In a process of its own: its certificates and its proxy are the process's.
import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { connectToEndpoint } from "../../src/azure/accounts/endpointConnection.ts";
import { associateAll } from "./support/plans.ts";
import { createWorld, problems, trustSandbox, type World, writeCounts } from "./support/world.ts";

delete process.env["NO_PROXY"];
delete process.env["no_proxy"];

test("a certificate that is not trusted: told at once, with the settings that help", async () => {
  await using world = await createWorld({ unread: true });
  await world.refresh();
  assert.match(problemsOf(world), /The certificate of 127\.0\.0\.1:\d+ isn't trusted\./);
  assert.match(problemsOf(world), /http\.systemCertificates[^]*NODE_EXTRA_CA_CERTS/);
  assert.match(problemsOf(world), /UNABLE_TO_VERIFY_LEAF_SIGNATURE/);
  assert.equal(attempts(world), 1, "trying again would not make it trusted");
  assert.deepEqual(await world.requests(), []);
});

test("the same certificate once it is trusted: everything shows", async () => {
  trustSandbox();
  await using world = await createWorld();
  assert.equal(world.store.snapshot.subscriptions.size, 3);
});

test("nobody listens at the address: told after four times, with the proxy's settings", async () => {
  const closed = createServer();
  await listening(closed);
  const { port } = closed.address() as AddressInfo;
  await new Promise((resolve) => closed.close(resolve));
  const endpoint = `https://127.0.0.1:${port}`;
  await using world = await createWorld({
    unread: true,
    connect: ({ token }) => connectToEndpoint({ origin: "sandbox", endpoint, token }),
  });
  await world.refresh();
  assert.match(
    problemsOf(world),
    /Couldn't reach 127\.0\.0\.1:\d+: the connection was refused\.[^]*http\.proxy/,
  );
  assert.match(problemsOf(world), /Error code: ECONNREFUSED/);
  assert.doesNotMatch(problemsOf(world), /Azure answered/);
  assert.equal(attempts(world), 4);
});

test("a proxy that wants to know who is asking: told as the proxy's, with its settings", async () => {
  await using proxy = await proxyThat(
    "407 Proxy Authentication Required\r\nproxy-authenticate: Basic\r\ncontent-length: 0\r\n\r\n",
  );
  await using world = await createWorld({ unread: true });
  await world.refresh();
  assert.match(problemsOf(world), /The proxy blocked the request to 127\.0\.0\.1:\d+\./);
  assert.match(problemsOf(world), /http\.proxy[^]*http\.proxyAuthorization[^]*http\.noProxy/);
  assert.deepEqual([proxy.asked(), await world.requests()], [1, []]);
});

test("a proxy that refuses a write: it is not sent, told as the proxy's, and goes through without the proxy", async () => {
  await using world = await createWorld();
  const plan = associateAll(world, "vmss-cache-prod");
  {
    await using _ = await proxyThat("407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n");
    await using behind = await createWorld({
      unread: true,
      connect: ({ token }) => connectToEndpoint({ origin: "sandbox", endpoint: world.url, token }),
    });
    const { outcomes, report } = await behind.apply(plan);
    assert.deepEqual(outcomes, ["failed"]);
    assert.match(report, /The proxy blocked the request/);
  }
  assert.deepEqual(writeCounts(await world.requests()), {});
  const { outcomes } = await world.apply(plan);
  assert.deepEqual(outcomes, ["done"]);
  await world.assertTreeIsTrue();
});

test("a proxy whose own way out is broken: asked again, and told with the proxy's words", async () => {
  await using proxy = await proxyThat("502 Bad Gateway\r\ncontent-length: 17\r\n\r\nUpstream is down.");
  await using world = await createWorld({ unread: true });
  await world.refresh();
  assert.match(problemsOf(world), /Upstream is down\./);
  assert.equal(proxy.asked(), 4);
});

/** Everything that the tree tells of what failed. */
function problemsOf(world: World): string {
  const { failedTenants } = world.store.snapshot;
  return [problems(world), ...failedTenants.map(({ problem }) => JSON.stringify(problem))].join("\n");
}

/** How often a request left, by the log. */
const attempts = (world: World) => world.log.filter((line) => line.includes("GET /tenants →")).length;

interface Proxy extends AsyncDisposable {
  /** How often it was asked to connect. */
  asked(): number;
}

/** A proxy on loopback that answers every CONNECT like this, and is this process's while it is in use. */
async function proxyThat(answers: string): Promise<Proxy> {
  const server = createServer();
  let asked = 0;
  server.on("connect", (_, socket) => {
    asked++;
    socket.end(`HTTP/1.1 ${answers}`);
  });
  await listening(server);
  const { port } = server.address() as AddressInfo;
  process.env["HTTPS_PROXY"] = `http://127.0.0.1:${port}`;
  return {
    asked: () => asked,
    [Symbol.asyncDispose]: async () => {
      delete process.env["HTTPS_PROXY"];
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function listening(server: Server): Promise<void> {
  return new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
}
