// What one more would cost now: on a product's page the price of one by itself, and beside the cart what it would add to what the cart costs.
import assert from 'node:assert/strict';
import { findings } from './lib/axe.mjs';
import { suite } from './lib/suite.mjs';
import { apiQuote, catalogue, fillCart, keptOf, open } from './lib/shop.mjs';
import { minor, yuan } from './lib/money.mjs';

const shop = suite();

const TEXTS = {
  'zh-CN': { lang: 'zh', beside: (amount) => `和购物车里的一起买，这一件 ${amount}`, nothing: '不要钱', alone: '单买一件', together: '和购物车里的一起买', steps: ['标价', '现价'] },
  en: { lang: 'en', beside: (amount) => `In your cart this one would cost ${amount}`, nothing: 'would cost nothing', alone: 'Just this one', together: 'Together with your cart', steps: ['List price', 'Price now'] },
};

const goods = (quote) => quote.subtotal - quote.discount + (quote.shipping?.total ?? 0);

/** What one more adds, and the promotions that give more or less for it, out of two quotes of the API. */
async function difference(context, lines, sku) {
  const at = lines.findIndex(([own]) => own === sku);
  const more = at < 0 ? [...lines, [sku, 1]] : lines.map(([own, units], place) => [own, units + (place === at ? 1 : 0)]);
  const [before, after] = await Promise.all([lines, more].map((one) => apiQuote(context, keptOf(one))));
  const given = (quote, id) => quote.applied.filter((one) => one.promotion === id).reduce((sum, one) => sum + one.amount, 0);
  const known = new Map([...after.applied, ...before.applied].map((one) => [one.promotion, one.name]));
  const steps = [...known].map(([id, name]) => [name, given(after, id) - given(before, id)]).filter(([, amount]) => amount !== 0);
  return { price: goods(after) - goods(before), list: after.lines.find((line) => line.sku === sku).list, steps };
}

const rows = (list) => list.locator(':scope > div').evaluateAll((rows) => rows.map((row) => [...row.children].map((one) => one.textContent)));

/** Where another one costs something else than one alone: a set, a second one at half price, a threshold. */
const CARTS = [
  ['the rest of a set', [['TEA-POT-120', 1], ['TEA-CUP-FQ', 1]], ['TEA-CUP-FQ', 'TEA-CUP-MZ']],
  ['a threshold', [['TEA-LJ-50', 1], ['PAP-PN-KRF', 2]], ['PAP-PN-BLK', 'TXT-BL-CHR', 'COF-NC-250-B', 'PAP-SS-18']],
];

for (const [locale, texts] of Object.entries(TEXTS)) {
  for (const [what, lines, skus] of CARTS) {
    shop.test(`beside ${what} the page says what one more would cost, and why (${locale})`, { lang: locale }, async ({ context, page }) => {
      const handles = Object.fromEntries((await catalogue(context)).flatMap(({ handle, variants }) => variants.map(({ sku }) => [sku, handle])));
      await open(page, '/cart');
      await fillCart(page, lines);
      let others = 0;
      for (const sku of skus) {
        const alone = await apiQuote(context, keptOf([[sku, 1]]));
        const { price, list, steps } = await difference(context, lines, sku);
        await open(page, `/p/${handles[sku]}?sku=${sku}`);
        assert.equal(minor(await page.locator('.buy-price .price-now').textContent()), goods(alone), sku);
        const words = page.locator('.one-more > span').filter({ hasText: '¥' }).first();
        if (price === goods(alone)) {
          // The engine has to be there before silence means anything.
          await page.waitForLoadState('networkidle');
          await page.locator('.one-more').evaluate(() => new Promise((done) => setTimeout(done, 500)));
          assert.ok(!(await page.locator('.one-more').textContent()).includes('¥'), sku);
          continue;
        }
        others += 1;
        // Until the engine is there, the page says only that some are in the cart.
        await words.waitFor();
        const said = await words.textContent();
        if (price < 0) assert.ok(said.includes(texts.nothing) && said.includes(yuan(-price)), said);
        else assert.equal(said, texts.beside(yuan(price)), sku);
        await page.locator('.why > summary').click();
        assert.deepEqual(await page.locator('.why-of').allTextContents(), [texts.alone, texts.together]);
        const [first, last] = texts.steps;
        const told = steps.map(([name, amount]) => [name[texts.lang], yuan(-amount)]);
        assert.deepEqual(await rows(page.locator('.why dl').nth(1)), [[first, yuan(list)], ...told, [last, yuan(price)]], sku);
      }
      assert.ok(others > 0, 'some cost something else beside this cart');
      if (locale === 'en') return;
      assert.deepEqual(await findings(page), []);
    });
  }
}

shop.test('a price that ends while the page is open goes, and says so', {}, async ({ page, server }) => {
  await open(page, '/p/gooseneck-kettle?sku=COF-KT-BLK');
  const now = page.locator('.buy-price .price-now');
  const before = minor(await now.textContent());
  await server.changeBook((book) => { book.promotions = book.promotions.filter((one) => one.id !== 'flash-kettle'); });
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await page.waitForFunction((before) => document.querySelector('.buy-price .price-now').textContent !== before, await now.textContent());
  const after = minor(await now.textContent());
  assert.ok(after > before, `${before} ${after}`);
  await page.reload();
  assert.equal(minor(await now.textContent()), after, 'the server writes the same');
});
