// Coupon codes in the cart: taken or refused, each refusal with its reason in the shopper's language.
import assert from 'node:assert/strict';
import { suite } from './lib/suite.mjs';
import { apiQuote, fillCart, get, keptCart, open } from './lib/shop.mjs';
import { readSlip } from './lib/receipt.mjs';
import { yuan } from './lib/money.mjs';

const shop = suite();

const TEXTS = {
  'zh-CN': {
    field: '优惠码',
    use: '使用',
    drop: (code) => `拿掉优惠码 ${code}`,
    used: (amount) => `已使用 · 省 ${amount}`,
    unused: /^没用上 · /,
    unknown: /没有这个券码/,
    ended: /已于.*结束/,
    below: (needed, missing) => [needed, missing, '还差'],
    again: '这个优惠码已经在购物车里了。',
    bad: /^优惠码不对/,
  },
  en: {
    field: 'Coupon code',
    use: 'Use',
    drop: (code) => `Take the code ${code} out`,
    used: (amount) => `Used · saves ${amount}`,
    unused: /^Not used · /,
    unknown: /We don't know this code/,
    ended: /Ended on/,
    below: (needed, missing) => [missing, 'below', needed],
    again: 'This code is in the cart already.',
    bad: /^That is no coupon code/,
  },
};

for (const [lang, texts] of Object.entries(TEXTS)) {
  const enter = async (page, code) => {
    await page.getByLabel(texts.field, { exact: true }).fill(code);
    await page.getByRole('button', { name: texts.use, exact: true }).click();
  };
  const outcome = async (page, code) => {
    const row = page.locator('.code').filter({ hasText: code });
    await row.and(page.locator(':not([data-state=waiting])')).waitFor();
    return { state: await row.getAttribute('data-state'), text: await row.locator('.code-why').textContent() };
  };

  shop.test(`coupons say why they are refused (${lang})`, { lang }, async ({ context, page }) => {
    await open(page, '/cart');
    await fillCart(page, [['TEA-LJ-50', 1]]);
    for (const [code, reason] of [['NOSUCH', texts.unknown], ['SPRING25', texts.ended]]) {
      await enter(page, code);
      const { state, text } = await outcome(page, code);
      assert.equal(state, 'unused', code);
      assert.match(text, texts.unused);
      assert.match(text, reason);
    }
    await enter(page, 'team88');
    const { state, text } = await outcome(page, 'TEAM88');
    assert.equal(state, 'unused');
    for (const part of texts.below('¥1,000.00', '¥872.00')) assert.ok(text.includes(part), `${part} in ${text}`);

    const refused = (await apiQuote(context, await keptCart(page))).coupons.map((one) => [one.code, one.refused?.code]);
    assert.deepEqual(refused, [['NOSUCH', 'unknown_code'], ['SPRING25', 'ended'], ['TEAM88', 'below_subtotal']]);
    assert.deepEqual((await readSlip(page)).discounts, [], 'refused codes take nothing off');
  });

  shop.test(`a coupon is taken, and taken out again (${lang})`, { lang }, async ({ context, page }) => {
    await open(page, '/cart');
    await fillCart(page, [['TEA-LJ-50', 1]]);
    const before = await readSlip(page);
    await enter(page, 'tea15');
    assert.deepEqual(await outcome(page, 'TEA15'), { state: 'used', text: texts.used(yuan(1920)) });
    const quote = await apiQuote(context, await keptCart(page));
    // 15 % of ¥128.00, far from the cap of ¥30.00.
    assert.equal(quote.payable, 12800 - 1920);
    const slip = await readSlip(page);
    const discount = slip.discounts.find((one) => one.small === 'TEA15');
    assert.equal(discount.amount, yuan(-1920));
    assert.equal(slip.payable, yuan(quote.payable));

    await enter(page, 'TEA15');
    await page.getByText(texts.again).waitFor();
    await enter(page, ' ');
    await page.getByText(texts.bad).waitFor();
    assert.deepEqual((await keptCart(page)).coupons, ['TEA15'], 'neither changes the cart');

    await page.getByRole('button', { name: texts.drop('TEA15') }).click();
    await page.locator('.slip-discounts').waitFor({ state: 'detached' });
    assert.deepEqual(await readSlip(page), before);
  });
}

shop.test('a refused code keeps no other code from being taken', {}, async ({ context, page }) => {
  await open(page, '/cart');
  await fillCart(page, [['TEA-LJ-100', 1]], { coupons: ['TEA15', 'SPRING25'] });
  const kept = await keptCart(page);
  await page.locator('.code[data-state=used]').waitFor();
  const quote = await apiQuote(context, kept);
  const states = await page.locator('.code').evaluateAll((rows) => rows.map((row) => row.dataset.state));
  assert.deepEqual(states, quote.coupons.map((one) => (one.refused ? 'unused' : 'used')));
  // ¥238.00 less ¥30 for the threshold, then 15 % of what is left, capped at ¥30.
  assert.equal(quote.payable, 23800 - 3000 - 3000);
  assert.equal((await readSlip(page)).payable, yuan(quote.payable));
});

shop.test('a coupon that is offered goes into the cart with one touch', {}, async ({ context, page }) => {
  const { promotions } = await get(context, '/shop');
  const { coupon, name } = promotions.find((one) => one.coupon);
  await open(page, '/');
  await page.getByRole('button', { name: `用这张：优惠码“${name.zh}”` }).click();
  await page.getByRole('status').filter({ hasText: coupon }).waitFor();
  assert.deepEqual((await keptCart(page)).coupons, [coupon]);
  await open(page, '/p/longjing-tea-tin');
  await page.locator('.coupon').filter({ hasText: 'TEA15' }).getByRole('button').click();
  await page.getByRole('status').filter({ hasText: 'TEA15' }).waitFor();
  assert.deepEqual((await keptCart(page)).coupons, [coupon, 'TEA15']);
});
