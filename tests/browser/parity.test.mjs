// One price everywhere: for the whole demo catalogue, what the server writes into the page, what the browser works out in the cart
// and what the API answers are the same to the cent; and so are whole receipts of mixed carts.
import assert from 'node:assert/strict';
import { suite } from './lib/suite.mjs';
import { CART, apiQuote, catalogue, keptOf, open, signIn } from './lib/shop.mjs';
import { namesOfSkus, slipOf, slipsOf } from './lib/receipt.mjs';
import { minor, yuan } from './lib/money.mjs';

const shop = suite();
const GOLD = '13800000002';

/** The price that the server wrote into each page, by SKU, read from the HTML alone: no script of the page runs. */
async function written(page, variants) {
  const paths = variants.map(({ handle, sku }) => `/p/${handle}?sku=${encodeURIComponent(sku)}`);
  const texts = await page.evaluate(async (paths) => {
    const price = async (path) => {
      const html = await (await fetch(path)).text();
      const document = new DOMParser().parseFromString(html, 'text/html');
      return document.querySelector('.buy-price .price-now')?.textContent ?? `no price at ${path}`;
    };
    const found = [];
    while (found.length < paths.length) found.push(...await Promise.all(paths.slice(found.length, found.length + 8).map(price)));
    return found;
  }, paths);
  return Object.fromEntries(variants.map(({ sku }, at) => [sku, minor(texts[at])]));
}

const sum = (shares) => shares.reduce((sum, share) => sum + share.amount, 0);

/** What the goods of the quote's only line cost. */
const goods = ({ lines: [line] }) => line.subtotal - sum(line.discounts);

/** The page's reasons for its price, as the quote has them for the same. */
const reasonsOf = (quote) => quote.applied.filter((one) => one.amount > 0).map(({ name, amount }) => ({ name, amount }));

/** What the slip calls the goods of a cart. */
const named = (names, kept) => kept.lines.map(({ sku }) => {
  const { title, options } = names[sku];
  return title.zh + options.map((one) => one.value.zh).join(' · ');
});

/** For each kept cart: the API's quote, and what the page shows. */
async function bothSides(context, page, names, carts) {
  await open(page, '/cart');
  const asked = carts.map((kept) => ({ key: CART, kept, names: named(names, kept) }));
  const [seen, quotes] = await Promise.all([slipsOf(page, asked), Promise.all(carts.map((kept) => apiQuote(context, kept)))]);
  return carts.map((kept, at) => ({ kept, quote: quotes[at], ...seen[at] }));
}

for (const [who, phone, least] of [['a guest', null, 2], ['a gold member', GOLD, 140]]) {
  shop.test(`every variant costs ${who} the same everywhere`, { timeout: 240_000 }, async ({ context, page, server }) => {
    if (phone) await signIn(context, server, phone);
    const products = await catalogue(context);
    const variants = products.flatMap(({ handle, variants }) => variants.map((variant) => ({ handle, ...variant })));
    assert.equal(variants.length, 159);
    const names = await namesOfSkus(context, variants.map(({ sku }) => sku));
    const both = await bothSides(context, page, names, variants.map(({ sku }, at) => keptOf([[sku, 1]], { given: at })));
    const pages = await written(page, variants);
    for (const [at, { quote, slip, lines }] of both.entries()) {
      const { sku, price } = variants[at];
      assert.deepEqual(slip, slipOf(quote, names, 'zh'), `the receipt of ${sku}`);
      assert.deepEqual(lines, [yuan(goods(quote))], `the line of ${sku}`);
      assert.equal(pages[sku], goods(quote), `the page of ${sku}`);
      assert.equal(price.price, goods(quote), `the API's price of ${sku}`);
      assert.deepEqual(price.reasons, reasonsOf(quote), `the reasons of ${sku}`);
    }
    const lowered = variants.filter(({ price }) => price.price < price.list).length;
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

/** Mixed carts: up to twelve lines, codes, shipping, and points for members. */
function mixedCarts(skus, seed, pointsMax) {
  const number = numbers(seed);
  const carts = [];
  for (let given = 0; carts.length < 60; given = carts.at(-1).given) {
    const chosen = new Set(Array.from({ length: 1 + number(12) }, () => skus[number(skus.length)]));
    const lines = [...chosen].map((sku) => [sku, 1 + number(4)]);
    const coupons = COUPONS[number(COUPONS.length)];
    carts.push(keptOf(lines, { coupons, shipping: SHIPPING[number(SHIPPING.length)], points: number(pointsMax), given }));
  }
  return carts;
}

for (const [who, phone, seed, pointsMax] of [['a guest', null, 7, 1], ['a gold member', GOLD, 11, 2680]]) {
  shop.test(`receipts of mixed carts of ${who} are those of the API`, { timeout: 120_000 }, async ({ context, page, server }) => {
    if (phone) await signIn(context, server, phone);
    const skus = (await catalogue(context)).flatMap(({ variants }) => variants.map(({ sku }) => sku));
    const names = await namesOfSkus(context, skus);
    const applied = new Set();
    for (const { kept, quote, slip, lines } of await bothSides(context, page, names, mixedCarts(skus, seed, pointsMax))) {
      assert.deepEqual(slip, slipOf(quote, names, 'zh'), JSON.stringify(kept));
      assert.deepEqual(lines, quote.lines.map((line) => yuan(line.subtotal - sum(line.discounts))));
      quote.applied.forEach((one) => applied.add(one.promotion));
    }
    assert.ok(applied.size >= 10, `only ${[...applied]} were tried`);
  });
}

/** The text of the page's main part. An empty text is written as a blank by the server, so blanks do not count. */
const mainText = (page) => page.locator('main').evaluate((main) => main.textContent.replaceAll(/\s+/g, ''));

shop.test('a page is the same, written by the server or made in the browser', {}, async ({ context, page }) => {
  await open(page, '/sign-in');
  for (const path of ['/', '/c/tea?sort=price_up', '/search?q=%E8%8C%B6', '/p/longjing-tea-tin?sku=TEA-LJ-100', '/p/enamel-iron-pot', '/labels?category=tea']) {
    await page.evaluate((path) => {
      const link = Object.assign(document.createElement('a'), { href: path });
      document.body.append(link);
      link.click();
      link.remove();
    }, path);
    await page.waitForURL(`**${path}`);
    const server = await context.newPage();
    await open(server, path);
    const written = await mainText(server);
    await server.close();
    const same = (written) => document.querySelector('main').textContent.replaceAll(/\s+/g, '') === written;
    await page.waitForFunction(same, written).catch(async () => assert.equal(await mainText(page), written, path));
  }
});
