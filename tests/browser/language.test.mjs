// Both languages: what the browser asks for, what the shopper chooses, and amounts that read the same everywhere.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite } from './lib/suite.mjs';
import { fillCart, hydrated, open } from './lib/shop.mjs';
import { minor } from './lib/money.mjs';

const shop = suite();

const HOME = { 'zh-CN': '给日常留一扇朝南的窗', en: 'Everyday things, in good light' };

for (const [asked, expected] of [['zh-CN', 'zh-CN'], ['en-GB', 'en'], ['zh-TW', 'zh-CN'], ['fr-FR', 'zh-CN']]) {
  shop.test(`a browser that asks for ${asked} gets ${expected}`, { lang: asked }, async ({ page }) => {
    await open(page, '/');
    assert.equal(await page.locator('html').getAttribute('lang'), expected);
    assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), HOME[expected]);
  });
}

shop.test('weights of Accept-Language count', {}, async ({ context }) => {
  for (const [header, expected] of [['zh;q=0.3, fr, en;q=0.8', 'en'], ['en;q=0.2, zh-Hans', 'zh-CN'], ['fr', 'zh-CN']]) {
    const answer = await context.request.get('/', { headers: { 'accept-language': header } });
    assert.equal(answer.headers()['content-language'], expected, header);
    assert.match(await answer.text(), new RegExp(`<html[^>]* lang="${expected}"`), header);
  }
});

shop.test('the shopper switches the language, and it stays', { lang: 'zh-CN' }, async ({ page }) => {
  await open(page, '/p/longjing-tea-tin?sku=TEA-LJ-100');
  const price = await page.locator('.buy-price .price-now').textContent();
  await page.getByRole('banner').getByRole('link', { name: 'English' }).click();
  await page.waitForURL(/lang=en/);
  await hydrated(page);
  assert.match(page.url(), /sku=TEA-LJ-100/, 'the same product, the same choice');
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), 'Longjing Green Tea, First Picking');
  assert.equal(minor(await page.locator('.buy-price .price-now').textContent()), minor(price));

  await open(page, '/c/tea');
  assert.equal(await page.locator('html').getAttribute('lang'), 'en', 'the choice is kept in a cookie');
  assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), 'Tea & Coffee');
  await page.getByRole('banner').getByRole('link', { name: '中文' }).click();
  await page.waitForURL(/lang=zh/);
  assert.equal(await page.locator('html').getAttribute('lang'), 'zh-CN');
});

shop.test('a cart keeps its prices in the other language', {}, async ({ page }) => {
  const totals = [];
  for (const lang of ['zh', 'en']) {
    await open(page, `/cart?lang=${lang}`);
    await fillCart(page, [['TEA-POT-120', 1], ['TEA-CUP-FQ', 2], ['PAP-GP-BLK', 3]]);
    totals.push(await page.locator('.slip-total dd').textContent());
  }
  assert.equal(totals[0], totals[1]);
});

// Merchants write amounts into names of promotions as they like; those are no amounts of ours.
const PROMOTIONS = JSON.parse(readFileSync(new URL('../../crates/demo/data/promotions.json', import.meta.url)));
const NAMES = PROMOTIONS.flatMap(({ name }) => [name.zh, name.en]);

/** Amounts as pages show them, with the browser's own formatting of the same number beside each. */
function againstIntl(page, lang) {
  return page.evaluate(([lang, names]) => {
    const style = { style: 'currency', currency: 'CNY', currencyDisplay: 'narrowSymbol' };
    const format = new Intl.NumberFormat(lang, style);
    const text = names.reduce((text, name) => text.replaceAll(name, ''), document.body.innerText);
    const shown = new Set(text.match(/-?\S?¥[\d,]*\.?\d*/g));
    return [...shown].map((text) => [text, format.format(Number(text.replaceAll(/[^\d.-]/g, '')))]);
  }, [lang, NAMES]);
}

for (const lang of ['zh-CN', 'en']) {
  shop.test(`amounts read as the browser itself writes them (${lang})`, { lang }, async ({ page }) => {
    const seen = new Map();
    const look = async () => (await againstIntl(page, lang)).forEach(([shown, intl]) => seen.set(shown, intl));
    for (const path of ['/', '/search?sort=price_up', '/search?sort=price_down', '/p/linen-bedding-set', '/p/gel-pen']) {
      await open(page, path);
      await look();
    }
    await open(page, '/cart');
    await fillCart(page, [['TXT-BD-18', 5], ['PAP-GP-BLK', 1], ['PAP-PN-KRF', 3]], { coupons: ['TEAM88'] });
    await page.locator('.slip-discounts').waitFor();
    await page.locator('.slip details').evaluateAll((all) => all.forEach((one) => (one.open = true)));
    await look();
    for (const [shown, intl] of seen) assert.equal(shown, intl);
    const amounts = [...seen.keys()].map(minor);
    assert.ok(amounts.length > 40, `${amounts.length} different amounts`);
    assert.ok(amounts.some((one) => one < 0) && amounts.some((one) => one >= 100_000), 'discounts and thousands are among them');
  });
}
