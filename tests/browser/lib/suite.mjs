// What every test file begins with: one server, one browser, and tests that fail when a page complains in its console.
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { launch, shopper, unexpected } from './browser.mjs';
import { startServer } from './server.mjs';

const FAILURES = fileURLToPath(new URL('../../../target/browser-failures', import.meta.url));

/** Starts server and browser before the file's tests and ends them after. Its `test` is Node's, with a shopper. */
export function suite() {
  const it = {};
  before(async () => {
    [it.server, it.browser] = await Promise.all([startServer(), launch()]);
  }, { timeout: 120_000 });
  after(async () => {
    await it.browser?.close();
    await it.server?.stop();
  });
  /** Another shopper with cookies and a cart of its own; closed with the test that asked for it. */
  it.shopper = (options) => shopper(it.browser, it.server.base, options);
  it.test = (name, options, body) => define(it, name, options, body);
  return it;
}

/** `options`: those of a shopper, `expects` (statuses that the test provokes) and `timeout` in milliseconds. */
function define(it, name, { expects = [], timeout = 60_000, ...options }, body) {
  test(name, { timeout }, async (t) => {
    const { context, complaints } = await it.shopper(options);
    const page = await context.newPage();
    try {
      await body({ ...it, t, context, page });
      assert.deepEqual(unexpected(complaints, expects), [], 'the console stays silent');
    } catch (error) {
      unexpected(complaints, expects).forEach(({ page, text }) => t.diagnostic(`${page} complained: ${text.slice(0, 600)}`));
      await keep(name, context, it.server).catch(() => {});
      throw error;
    } finally {
      await context.close();
    }
  });
}

/** What the pages showed when a test failed, and what the server said. */
async function keep(name, context, server) {
  await mkdir(FAILURES, { recursive: true });
  const file = `${FAILURES}/${name.replaceAll(/[^\p{L}\p{N}]+/gu, '-').slice(0, 60)}`;
  for (const [at, page] of context.pages().entries()) {
    await page.screenshot({ path: `${file}-${at}.png`, fullPage: true });
    await writeFile(`${file}-${at}.html`, `<!-- ${page.url()} -->\n${await page.content()}`);
  }
  await writeFile(`${file}.log`, server.log.join('\n'));
}
