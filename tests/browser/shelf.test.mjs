// Shelf codes: a GTIN or a short code opens the product in the context of the store whose shelf it is; labels carry these codes.
import assert from 'node:assert/strict';
import { readQr } from './lib/codes.mjs';
import { suite } from './lib/suite.mjs';
import { catalogue, get, hydrated, open } from './lib/shop.mjs';
import { minor } from './lib/money.mjs';

const shop = suite();
const STORE = 'sh-wukang';

const units = (variant, place = STORE) => variant.stock.find((one) => one.place === place)?.available ?? 0;

/** The words for a number of units in a store. */
const words = (count) => (count < 1 ? '没有货' : count < 6 ? `只剩 ${count} 件` : '有货');

/** A variant and its product, by what it must be like. */
async function find(context, wanted) {
  const products = await catalogue(context);
  const all = products.flatMap((product) => product.variants.map((variant) => ({ product, variant })));
  const found = all.find(({ variant }) => wanted(variant));
  assert.ok(found, 'the demo shop has such a variant');
  return found;
}

shop.test('a GTIN opens its variant with the stock of its store', {}, async ({ context, page }) => {
  const { product, variant } = await find(context, (one) => one.gtin && units(one) > 0 && units(one) < 6);
  await open(page, `/01/${variant.gtin}?s=${STORE}`);
  const address = new URL(page.url());
  assert.equal(address.pathname, `/p/${product.handle}`);
  assert.equal(address.searchParams.get('sku'), variant.sku);
  assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), product.title.zh);
  assert.ok((await page.locator('.chip.here').textContent()).includes('武康路店'));
  const row = page.locator('.stock li[data-here=true], .stock li[data-here=""]');
  assert.equal(await row.locator('.level').textContent(), words(units(variant)));

  await open(page, '/');
  assert.ok(await page.locator('.chip.here').isVisible(), 'the shopper stays in the store');
  await page.locator('.chip.here a').click();
  await page.locator('.chip.here').waitFor({ state: 'detached' });
  await open(page, '/c/tea');
  assert.equal(await page.locator('.chip.here').count(), 0, 'and is out of it for good');
});

shop.test('every store is shown with its own stock', {}, async ({ context, page }) => {
  const { product, variant } = await find(context, (one) => new Set(one.stock.map((row) => words(row.available))).size >= 3);
  await open(page, `/p/${product.handle}?sku=${variant.sku}&s=${STORE}`);
  const { places } = await get(context, '/shop');
  const names = Object.fromEntries(places.filter((one) => one.kind === 'store').map((one) => [one.name.zh, one.id]));
  const rows = await page.locator('.stock li').evaluateAll((rows) => rows.map((row) => [
    row.querySelector('.stock-place').firstChild.textContent.trim(),
    row.querySelector('.level').textContent,
  ]));
  const stores = rows.filter(([name]) => names[name]);
  assert.equal(stores.length, 6);
  assert.equal(stores[0][0], '武康路店', 'the shopper\'s own store comes first');
  for (const [name, level] of stores) assert.equal(level, words(units(variant, names[name])), name);
});

shop.test('a short code opens what has no GTIN', { lang: 'en' }, async ({ context, page }) => {
  const { product, variant } = await find(context, (one) => !one.gtin);
  await open(page, `/s/${variant.short_code}?s=${STORE}`);
  assert.match(page.url(), new RegExp(`/p/${product.handle}\\?sku=${variant.sku}`));
  assert.ok((await page.locator('.chip.here').textContent()).includes('Wukang Road'));
});

for (const path of ['/01/06901234100113', '/01/16901234100119', '/s/NOSUCH1']) {
  shop.test(`${path} is nothing of ours`, { expects: [404] }, async ({ page }) => {
    await open(page, `${path}?s=${STORE}`, 404);
    await page.getByRole('heading', { name: '没有这个页面' }).waitFor();
    await page.locator('main').getByRole('link', { name: '回首页看看' }).click();
    await page.waitForURL((url) => url.pathname === '/');
    await hydrated(page);
  });
}

shop.test('labels carry price, code and picture of the code, and print', {}, async ({ context, page }) => {
  const { labels } = await get(context, `/labels?store=${STORE}&handle=longjing-tea-tin`);
  assert.equal(labels.length, 2);
  await open(page, `/labels?store=${STORE}&handle=longjing-tea-tin`);
  const shown = page.locator('.label');
  assert.equal(await shown.count(), labels.length);
  for (const [at, { title, price, gtin, url }] of labels.entries()) {
    assert.ok(url.endsWith(`/01/${gtin}?s=${STORE}`), url);
    const label = shown.nth(at);
    assert.ok((await label.locator('.label-zh').textContent()).startsWith(title.zh));
    assert.ok((await label.locator('.label-en').textContent()).startsWith(title.en));
    assert.equal(minor(await label.locator('.label-now').textContent()), price.price);
    assert.equal(await readQr(page, label.locator('.label-qr svg')), url, 'a telephone opens the address');
    await label.getByRole('img', { name: `条码 ${gtin}` }).waitFor();
    const { width } = await label.locator('.label-barcode svg').boundingBox();
    assert.ok(width > 80, `a barcode of ${width} pixels`);
  }
  const paper = await page.pdf({ format: 'A4' });
  assert.equal(paper.subarray(0, 5).toString(), '%PDF-');
  assert.ok(paper.length > 10_000, `${paper.length} bytes of paper`);
});
