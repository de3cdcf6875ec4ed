// Why a price is what it is, as a shopper sees it: what was taken off and by what, what was not and why, and whether it could be less.
import assert from 'node:assert/strict';
import { findings } from './lib/axe.mjs';
import { suite } from './lib/suite.mjs';
import { apiQuote, catalogue, fillCart, keptCart, open, orderOf, post } from './lib/shop.mjs';
import { readSlip } from './lib/receipt.mjs';
import { minor, yuan } from './lib/money.mjs';

const shop = suite();

const TEXTS = {
  'zh-CN': {
    lang: 'zh',
    missed: (n) => `没有用上的优惠（${n}）`,
    hint: '再买 ¥340.00，可减 ¥70.00 · 满600减100',
    wukang: '仅限武康路店',
    why: '为什么是这个价',
    steps: ['标价', '现价'],
    optimal: '已为你算出最低价，经过证明',
  },
  en: {
    lang: 'en',
    missed: (n) => `Offers not used (${n})`,
    hint: 'Add ¥340.00 to save ¥70.00 · ¥100 off ¥600',
    wukang: 'Only at Wukang Road',
    why: 'Why this price',
    steps: ['List price', 'Price now'],
    optimal: 'The lowest price your offers allow, proved',
  },
};

/** Rows of two or three texts, as shown. */
const rows = (page, selector) =>
  page.locator(selector).evaluateAll((items) => items.map((item) => [...item.children].map((one) => one.textContent.trim())));

for (const [locale, texts] of Object.entries(TEXTS)) {
  shop.test(`the cart names what each line saves, and by what (${locale})`, { lang: locale }, async ({ context, page }) => {
    await open(page, '/cart');
    await fillCart(page, [['TEA-POT-120', 1], ['TEA-CUP-FQ', 2], ['PAP-GP-BLK', 1]]);
    await page.locator('.line-why').first().waitFor();
    const quote = await apiQuote(context, await keptCart(page));
    const name = (promotion) => quote.applied.find((one) => one.promotion === promotion).name[texts.lang];
    const expected = quote.lines.map((line) => line.discounts.map((one) => `${name(one.promotion)} ${yuan(-one.amount)}`));
    const shown = await page.locator('.line').evaluateAll((lines) =>
      lines.map((line) => [...line.querySelectorAll('.line-why li')].map((one) => one.textContent)));
    assert.deepEqual(shown, expected);
    assert.ok(expected.flat().length >= 3, 'a set and a threshold are among them');
  });

  shop.test(`offers that gave nothing are folded away with their reasons (${locale})`, { lang: locale }, async ({ context, page }) => {
    await open(page, '/cart');
    await fillCart(page, [['TEA-LJ-50', 1], ['COF-NC-250-B', 2]], { coupons: ['SPRING25'] });
    await page.locator('.code[data-state=unused]').waitFor();
    const quote = await apiQuote(context, await keptCart(page));
    assert.equal(quote.subtotal, 26_000);
    const hinted = quote.hints.map((one) => one.promotion);
    const missed = quote.missed.filter((one) => !one.coupon && !hinted.includes(one.promotion));
    const summary = page.locator('.slip-missed summary');
    assert.equal((await summary.textContent()).trim(), texts.missed(missed.length));
    assert.equal(await page.locator('.slip-why').isVisible(), false);
    await summary.focus();
    await page.keyboard.press('Enter');
    await page.locator('.slip-why').waitFor();
    const told = await rows(page, '.slip-why > li');
    assert.deepEqual(told.map(([name]) => name), missed.map((one) => one.name[texts.lang]));
    const reasons = Object.fromEntries(missed.map((one, at) => [one.promotion, told[at][1]]));
    assert.equal(reasons['wukang-coffee'], texts.wukang);
    assert.ok(told.every(([, why]) => why.length > 0));
    // What is told as a hint says what comes on top of what the cart saves already, and how far it is.
    const hint = page.locator('.slip-hints li').filter({ hasText: texts.hint });
    assert.equal(await hint.locator('progress').evaluate((bar) => [bar.value, bar.max].join('/')), '26000/60000');
  });

  shop.test(`a price that moved says step by step why (${locale})`, { lang: locale }, async ({ context, page }) => {
    const products = await catalogue(context);
    const moved = (product) => product.variants.find((one) => one.price.reasons.length > 0);
    const product = products.find(moved);
    const { sku, price } = moved(product);
    await open(page, `/p/${product.handle}?sku=${sku}`);
    const summary = page.locator('.why > summary');
    assert.equal(await summary.textContent(), texts.why);
    await summary.focus();
    await page.keyboard.press('Enter');
    const [list, now] = texts.steps;
    const steps = price.reasons.map((one) => [one.name[texts.lang], yuan(-one.amount)]);
    assert.deepEqual(await rows(page, '.why dl > div'), [[list, yuan(price.list)], ...steps, [now, yuan(price.price)]]);
    const sum = price.reasons.reduce((sum, one) => sum - one.amount, price.list);
    assert.equal(sum, price.price, 'nothing is left without a name');
    const plain = products.find((one) => one.variants.every((variant) => variant.price.reasons.length === 0));
    await open(page, `/p/${plain.handle}`);
    assert.equal(await page.locator('.why').count(), 0, 'a list price needs no reason');
  });

  shop.test(`the receipt says whether it could be less, where something was chosen (${locale})`, { lang: locale }, async ({ page }) => {
    const totals = {};
    for (const resolution of ['pinned', 'best']) {
      await page.route('**/api/v1/slice', (route) => resolve(route, resolution));
      await open(page, '/cart');
      await fillCart(page, [['TEA-LJ-100', 1], ['TEA-CUP-FQ', 3]], { coupons: ['TEA15'] });
      await page.locator('.slip-discounts').waitFor();
      const proof = page.locator('.slip-proof');
      if (resolution === 'pinned') assert.equal(await proof.count(), 0);
      else assert.equal((await proof.textContent()).trim(), texts.optimal);
      totals[resolution] = minor((await readSlip(page)).payable);
      await page.unroute('**/api/v1/slice');
    }
    assert.ok(totals.best <= totals.pinned, JSON.stringify(totals));
  });
}

for (const colorScheme of ['light', 'dark']) {
  shop.test(`what was folded away keeps nobody out (${colorScheme})`, { colorScheme }, async ({ page }) => {
    await page.route('**/api/v1/slice', (route) => resolve(route, 'best'));
    await open(page, '/cart');
    await fillCart(page, [['TEA-LJ-50', 1], ['TEA-POT-120', 1], ['TEA-CUP-FQ', 2]], { coupons: ['TEA15', 'SPRING25'] });
    await page.locator('.slip-proof').waitFor();
    await page.locator('.slip-hints progress').waitFor();
    await page.locator('.slip-missed summary').click();
    assert.deepEqual(await findings(page), []);
    await open(page, '/p/gooseneck-kettle?sku=COF-KT-BLK');
    await page.locator('.why > summary').click();
    await page.locator('.why-paper').waitFor();
    assert.deepEqual(await findings(page), []);
  });
}

/** Answers with the server's own slice, resolved in another way: what a page shows of it is the browser's own work. */
async function resolve(route, resolution) {
  const answer = await route.fetch();
  const body = await answer.json();
  body.slice.part.resolution = resolution;
  await route.fulfill({ response: answer, json: body });
}

shop.test('an order keeps its reasons, and hints no more', {}, async ({ context, page }) => {
  const { number, quote } = await post(context, '/orders', await orderOf(context, [['TEA-LJ-50', 1], ['TEA-LJ-100', 1]]), 201);
  await open(page, `/orders/${number}`);
  const missed = quote.missed.filter((one) => !one.coupon);
  await page.locator('.slip-missed summary').click();
  assert.deepEqual((await rows(page, '.slip-why > li')).map(([name]) => name), missed.map((one) => one.name.zh));
  assert.ok(missed.length > 0 && quote.hints.length > 0);
  assert.equal(await page.locator('.slip-hints').count(), 0);
});
