// The installed package in Chromium: prints what the page says a cart costs. The folder of the package is the argument.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { launch } from '../browser/lib/browser.mjs';

const types = { '.js': 'text/javascript', '.wasm': 'application/wasm', '': 'text/html' };
const browser = await launch();
try {
  const page = await browser.newPage();
  // No server is needed: the browser is given the package's files at this made-up address.
  await page.route('http://package.invalid/**', async (route) => {
    const name = basename(new URL(route.request().url()).pathname);
    await route.fulfill({ contentType: types[extname(name)], body: name ? await readFile(join(process.argv[2], name)) : '<!doctype html>' });
  });
  await page.goto('http://package.invalid/');
  const payable = await page.evaluate(async () => {
    const { Book, load } = await import('/browser.js');
    await load();
    const book = new Book({ format: 1, currency: 'CNY', skus: [{ sku: 'TEA', price: '109.00' }] });
    return book.quote({ lines: [{ id: '1', sku: 'TEA', quantity: 2 }] }, { at: '2026-01-15T12:00:00Z', channel: 'web' }).payable;
  });
  assert.equal(payable, 21800);
  console.log('the package quotes in Chromium');
} finally {
  await browser.close();
}
