// One price everywhere: for the whole demo catalogue, what the server writes into the page, what the browser works out in the cart
// and what the API answers are the same to the cent; and so are whole receipts of mixed carts.
import assert from 'node:assert/strict';
import { suite } from './lib/suite.mjs';
import { apiQuote, catalogue, fillCart, open, signIn } from './lib/shop.mjs';
import { namesOf, slipOf, slipWith } from './lib/receipt.mjs';
import { minor, yuan } from './lib/money.mjs';

const shop = suite();
const GOLD = '13800000002';

/** The price that the server wrote into each page, by SKU, read from the HTML alone: no script of the page runs. */
async function written(page, variants) {
  const paths = variants.map(({ handle, sku }) => `/p/${handle}?sku=${encodeURIComponent(sku)}`);
  const texts = await page.evaluate(async (paths) => {
    const found = [];
    for (const path of paths) {
      const html = await (await fetch(path)).text();
      const document = new DOMParser().parseFromString(html, 'text/html');
      found.push(document.querySelector('.buy-price .price-now')?.textContent ?? `no price at ${path}`);
    }
    return found;
  }, paths);
  return Object.fromEntries(variants.map(({ sku }, at) => [sku, minor(texts[at])]));
}

/** What the quote's only line costs by itself: promotions on the order are no part of a product's price. */
function shelf(quote) {
  const own = quote.applied.filter((one) => ['price', 'product'].includes(one.class)).map((one) => one.promotion);
  const [line] = quote.lines;
  const off = line.discounts.filter((share) => own.includes(share.promotion)).reduce((sum, share) => sum + share.amount, 0);
  return line.subtotal - off;
}

const named = (names, kept) => kept.lines.map(({ sku }) => {
  const { title, options } = names[sku];
  return title.zh + options.map((one) => one.value.zh).join(' · ');
});

for (const [who, phone, least] of [['a guest', null, 2], ['a gold member', GOLD, 140]]) {
  shop.test(`every variant costs ${who} the same everywhere`, { timeout: 240_000 }, async ({ context, page, server }) => {
    if (phone) await signIn(context, server, phone);
    const products = await catalogue(context);
    const variants = products.flatMap(({ handle, variants }) => variants.map((variant) => ({ handle, ...variant })));
    assert.equal(variants.length, 159);
    await open(page, '/cart');
    const pages = await written(page, variants);
    let lowered = 0;
    for (const [at, { sku, price }] of variants.entries()) {
      const kept = await fillCart(page, [[sku, 1]], { given: at });
      const quote = await apiQuote(context, kept);
      const names = await namesOf(context, quote);
      assert.deepEqual(await slipWith(page, named(names, kept)), slipOf(quote, names, 'zh'), `the receipt of ${sku}`);
      assert.equal(pages[sku], shelf(quote), `the page of ${sku}`);
      assert.equal(price.price, shelf(quote), `the API's price of ${sku}`);
      const [line] = quote.lines;
      const shown = await page.locator('.line-amount .price-now').textContent();
      assert.equal(shown, yuan(line.subtotal - line.discounts.reduce((sum, share) => sum + share.amount, 0)), `the line of ${sku}`);
      if (price.price < price.list) lowered += 1;
    }
    assert.ok(lowered >= least, `${lowered} variants have a price below the list`);
  });
}

/** A small generator of numbers, the same in every run: a failure can be looked at again. */
function numbers(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return Math.floor((state / 0x8000_0000) * below);
  };
}

const COUPONS = [[], ['TEA15'], ['LUCKY10', 'TEAM88'], ['NEW20', 'TEA15'], ['SPRING25', 'LUCKY10', 'NOSUCH']];
const SHIPPING = [null, 'standard', 'express'];

for (const [who, phone, seed] of [['a guest', null, 7], ['a gold member', GOLD, 11]]) {
  shop.test(`receipts of mixed carts of ${who} are those of the API`, { timeout: 120_000 }, async ({ context, page, server }) => {
    if (phone) await signIn(context, server, phone);
    const skus = (await catalogue(context)).flatMap(({ variants }) => variants.map(({ sku }) => sku));
    const number = numbers(seed);
    await open(page, '/cart');
    let given = 0;
    const applied = new Set();
    for (let cart = 0; cart < 25; cart += 1) {
      const chosen = new Set(Array.from({ length: 1 + number(12) }, () => skus[number(skus.length)]));
      const lines = [...chosen].map((sku) => [sku, 1 + number(4)]);
      const coupons = COUPONS[number(COUPONS.length)];
      const shipping = SHIPPING[number(SHIPPING.length)];
      const kept = await fillCart(page, lines, { coupons, shipping, points: phone ? number(3000) : 0, given });
      given = kept.given;
      const quote = await apiQuote(context, kept);
      const names = await namesOf(context, quote);
      const seen = await slipWith(page, named(names, kept));
      assert.deepEqual(seen, slipOf(quote, names, 'zh'), `cart ${cart}: ${JSON.stringify(kept)}`);
      quote.applied.forEach((one) => applied.add(one.promotion));
    }
    assert.ok(applied.size >= 8, `${[...applied]} were tried`);
  });
}
