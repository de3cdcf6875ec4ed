// What a shopper chooses besides goods, each with its price in view: a gift, and how to pay.
import assert from 'node:assert/strict';
import { findings } from './lib/axe.mjs';
import { KIOSK, PHONE } from './lib/browser.mjs';
import { suite } from './lib/suite.mjs';
import { apiQuote, fillAddress, fillCart, fillContact, get, giftsOf, keptCart, open, placeButton, placed } from './lib/shop.mjs';
import { namesOf, readSlip, slipOf } from './lib/receipt.mjs';
import { minor, yuan } from './lib/money.mjs';

const shop = suite();
const PENS = [['PAP-FP-F', 1]];
const TEXTS = {
  'zh-CN': { lang: 'zh', gift: '选一件赠品', free: '赠送', tender: '云闪付', open: '到时再定', saves: '省 ¥5.00' },
  en: { lang: 'en', gift: 'Choose your gift', free: 'Free', tender: 'UnionPay', open: 'Decide later', saves: 'saves ¥5.00' },
};

const given = async (page, texts) => (await readSlip(page)).items.filter(({ amount }) => amount === texts.free).map(({ small }) => small);

for (const [locale, texts] of Object.entries(TEXTS)) {
  shop.test(`one of several gifts is chosen by keyboard, and comes with the order (${locale})`, { lang: locale }, async ({ context, page }) => {
    await open(page, '/cart');
    await fillCart(page, PENS);
    const group = page.getByRole('group', { name: texts.gift });
    await group.waitFor();
    const first = (await given(page, texts))[0];
    const checked = () => group.locator('input:checked').evaluate((input) => input.closest('label').textContent);
    assert.ok((await checked()).includes(first), 'without a choice the first is given');
    await group.locator('input:checked').focus();
    await page.keyboard.press('ArrowDown');
    await page.waitForFunction((first) => ![...document.querySelectorAll('.slip small')].some((one) => one.textContent === first), first);
    const second = (await given(page, texts))[0];
    assert.notEqual(second, first);
    assert.ok((await checked()).includes(second), 'the focus stays in the group');
    const kept = await keptCart(page);
    const quote = await apiQuote(context, kept);
    assert.deepEqual(await readSlip(page), slipOf(quote, await namesOf(context, quote), texts.lang));
    assert.deepEqual(await findings(page), []);

    await open(page, '/checkout');
    await fillAddress(page);
    await fillContact(page);
    await placeButton(page).click();
    const order = await get(context, `/orders/${await placed(page)}`);
    assert.deepEqual(order.quote.gifts.map(({ sku }) => sku), giftsOf(kept.gifts).map(({ sku }) => sku));
  });

  shop.test(`a way to pay is chosen, and its price is in view before and after (${locale})`, { lang: locale }, async ({ context, page }) => {
    await open(page, '/checkout');
    await fillCart(page, [['TEA-LJ-50', 1]]);
    await fillAddress(page);
    await fillContact(page);
    const radio = (name) => page.locator('.radio', { has: page.locator('[name=tender]') }).filter({ hasText: name });
    await radio(texts.tender).getByText(texts.saves).waitFor();
    assert.ok(await radio(texts.open).getByRole('radio').isChecked(), 'nothing is chosen for the shopper');
    const before = minor((await readSlip(page)).payable);
    await radio(texts.tender).getByRole('radio').check();
    await page.waitForFunction((text) => document.querySelector('.slip-total dd').textContent !== text, yuan(before));
    const after = await readSlip(page);
    assert.equal(minor(after.payable), before - 500);
    assert.deepEqual(await findings(page), []);
    await placeButton(page).click();
    await page.waitForURL('**/demo-pay/*');
    await page.getByRole('button', { name: 'Approve' }).click();
    const order = await get(context, `/orders/${await placed(page)}`);
    assert.deepEqual([order.tender, order.quote.payable], ['unionpay', before - 500]);
    assert.equal(await page.locator('.order-tender dd').textContent(), texts.tender);
  });
}

for (const [where, options] of [['a phone in the dark', { size: PHONE, colorScheme: 'dark' }], ['a kiosk', { size: KIOSK }]]) {
  shop.test(`both choices are large enough on ${where}`, options, async ({ page }) => {
    if (options.size === KIOSK) await open(page, '/kiosk/sh-wukang');
    const least = options.size === KIOSK ? 64 : 44;
    for (const [path, name] of [['/cart', 'gift-gift-tape'], ['/checkout', 'tender']]) {
      await open(page, path);
      await fillCart(page, PENS);
      const labels = page.locator('.radio', { has: page.locator(`[name=${name}]`) });
      await labels.first().waitFor();
      for (const label of await labels.all()) assert.ok((await label.boundingBox()).height >= least);
      assert.deepEqual(await findings(page), [], path);
    }
  });
}
