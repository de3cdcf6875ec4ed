// The kiosk in a store: it invites, has the store's own offers, reads barcodes, works without network, and forgets everybody.
import assert from 'node:assert/strict';
import { KIOSK } from './lib/browser.mjs';
import { suite } from './lib/suite.mjs';
import { apiQuote, fillCart, fillContact, get, keptCart, open, placeButton, placed } from './lib/shop.mjs';
import { namesOf, readSlip, slipOf, slipWith } from './lib/receipt.mjs';

const shop = suite();
const HERE = { store: 'sh-wukang', channel: 'kiosk' };
const SCREEN = { size: KIOSK };

/** From the attract screen into the shop, with a finger. */
async function begin(page) {
  await open(page, '/kiosk/sh-wukang');
  await page.getByRole('heading', { level: 1, name: '欢迎来到武康路店' }).waitFor();
  await page.getByText('轻触开始').tap();
  await page.waitForURL((url) => url.pathname === '/');
  await page.locator('.card').first().waitFor();
}

/** Types as fast as a scanner does, into nothing. */
async function scan(page, text) {
  await page.evaluate(() => document.activeElement?.blur());
  const wire = await page.context().newCDPSession(page);
  // A scanner does not wait until the page has heard a key.
  const press = (key) => wire.send('Input.dispatchKeyEvent', { type: 'keyDown', key, text: key === 'Enter' ? '\r' : key });
  await Promise.all([...text, 'Enter'].map(press));
  await wire.detach();
}

shop.test('one touch opens the shop of the store, without what a kiosk has no use for', SCREEN, async ({ page }) => {
  await begin(page);
  assert.equal(await page.locator('html').getAttribute('data-channel'), 'kiosk');
  assert.ok((await page.locator('.chip.here').textContent()).includes('武康路店'));
  assert.equal(await page.getByRole('contentinfo').count(), 0, 'no foot');
  assert.equal(await page.locator('a[href^="/sign-in"], a[href="/account"]').count(), 0, 'no account');
  await open(page, '/p/longjing-tea-tin?s=hz-beishan');
  assert.ok((await page.locator('.chip.here').textContent()).includes('武康路店'), 'a label of another store changes nothing');
});

shop.test('the store\'s own offer applies here and not on the web', SCREEN, async ({ context, page }) => {
  await begin(page);
  await open(page, '/p/window-blend-coffee-bag?sku=COF-NC-250-B');
  assert.equal(await page.locator('.buy-price .price-now').textContent(), '现价 ¥59.40');
  assert.equal(await page.locator('.buy-price .price-why').textContent(), '武康路店咖啡豆九折');
  await page.getByRole('button', { name: '加入购物车', exact: true }).tap();
  await page.getByRole('status').getByRole('link', { name: '去购物车' }).tap();
  await page.waitForURL('**/cart');
  const quote = await apiQuote(context, await keptCart(page), HERE);
  const names = await namesOf(context, quote);
  const cart = await readSlip(page);
  assert.deepEqual(cart, slipOf(quote, names, 'zh'));
  assert.equal(cart.payable, '¥59.40');

  await page.locator('.main-action a').tap();
  await page.waitForURL('**/checkout');
  assert.ok(await page.locator('.radio').filter({ hasText: '武康路店' }).getByRole('radio').isChecked(), 'picked up here');
  await fillContact(page);
  await placeButton(page).tap();
  const number = await placed(page);
  await page.getByRole('heading', { level: 1, name: '谢谢！请凭订单号到柜台付款取货。' }).waitFor();
  const order = await get(context, `/orders/${number}`);
  assert.deepEqual([order.channel, order.store, order.quote.payable], ['kiosk', 'sh-wukang', 5940]);

  const web = await shop.shopper();
  const outside = await web.context.newPage();
  await open(outside, '/p/window-blend-coffee-bag?sku=COF-NC-250-B&s=sh-wukang');
  assert.equal(await outside.locator('.buy-price .price-now').textContent(), '现价 ¥66.00');
  await web.context.close();
});

shop.test('a scanned barcode or label opens the product; typing does not', { ...SCREEN, expects: [404] }, async ({ context, page, server }) => {
  await begin(page);
  await scan(page, '6901234100112');
  await page.waitForURL('**/p/longjing-tea-tin?sku=TEA-LJ-50');
  await page.getByRole('heading', { level: 1, name: '明前龙井' }).waitFor();
  const { variants: [spoon] } = await get(context, '/products/long-wooden-spoon');
  await scan(page, `${server.base}/s/${spoon.short_code}?s=sh-wukang`);
  await page.waitForURL(`**/p/long-wooden-spoon?sku=${spoon.sku}`);
  await page.getByRole('heading', { level: 1, name: '长柄木勺' }).waitFor();
  await scan(page, '6901234999999');
  await page.getByRole('status').filter({ hasText: '没有找到条码 6901234999999' }).waitFor();
  assert.match(page.url(), /long-wooden-spoon/);
  await page.getByRole('searchbox').fill('6901234100112');
  await page.waitForTimeout(200);
  assert.match(page.url(), /long-wooden-spoon/, 'digits in a field are no scan');
});

shop.test('after a minute without a touch all is forgotten, and said so before', SCREEN, async ({ page }) => {
  await page.clock.install();
  await begin(page);
  await fillCart(page, [['TEA-LJ-50', 2]]);
  await page.locator('.count').filter({ hasText: '2' }).waitFor();
  const still = page.getByRole('dialog', { name: '还在吗？' });
  await page.clock.runFor(40_000);
  assert.ok(await still.isHidden());
  await page.clock.runFor(10_000);
  await still.waitFor();
  assert.match(await still.getByRole('timer').textContent(), /^(1[0-5]|[6-9]) 秒后清空购物车/);
  await still.getByRole('button', { name: '我还在' }).tap();
  await still.waitFor({ state: 'hidden' });
  await page.clock.runFor(40_000);
  assert.equal((await keptCart(page)).lines.length, 1, 'the count began anew');
  assert.match(page.url(), /\/$/);

  await page.clock.runFor(25_000);
  await page.waitForURL('**/kiosk/sh-wukang');
  await page.getByRole('heading', { level: 1, name: '欢迎来到武康路店' }).waitFor();
  assert.deepEqual((await keptCart(page)).lines, []);
  await page.getByText('轻触开始').tap();
  await page.waitForURL((url) => url.pathname === '/');
  assert.equal(await page.locator('.count').textContent(), '');
});

shop.test('the next shopper finds nothing of the one before', SCREEN, async ({ page }) => {
  await page.clock.install();
  await begin(page);
  await fillCart(page, [['COF-NC-250-B', 1]], { coupons: ['TEA15'] });
  await open(page, '/checkout');
  await fillContact(page, { name: '沈南乔', phone: '13800000003' });
  await page.clock.runFor(50_000);
  await page.getByRole('dialog', { name: '还在吗？' }).getByRole('button', { name: '重新开始' }).tap();
  await page.waitForURL('**/kiosk/sh-wukang');
  const kept = await keptCart(page);
  assert.deepEqual([kept.lines, kept.coupons], [[], []]);
  await page.getByText('轻触开始').tap();
  await page.waitForURL((url) => url.pathname === '/');
  await fillCart(page, [['COF-NC-250-B', 1]], { given: 1 });
  await page.locator('.head a[href="/cart"]').tap();
  await page.locator('.main-action a').tap();
  await page.locator('[name="contact.name"]').waitFor();
  assert.equal(await page.locator('[name="contact.name"]').inputValue(), '');
  assert.equal(await page.locator('[name="contact.phone"]').inputValue(), '');
});

shop.test('without network prices still work, and the same ones', { ...SCREEN, expects: ['net::ERR_INTERNET_DISCONNECTED'] }, async ({ context, page }) => {
  await begin(page);
  await page.locator('.head a[href="/cart"]').tap();
  await page.waitForURL('**/cart');
  await fillCart(page, [['COF-NC-250-B', 1], ['KIT-PL-26', 1]]);
  await slipWith(page, ['南窗拼配咖啡咖啡豆', '浅口圆盘26 厘米']);
  await context.setOffline(true);
  await page.getByText('网络断开了').waitFor();
  for (let presses = 0; presses < 3; presses += 1) await page.getByRole('button', { name: /^南窗拼配咖啡.*多一件$/ }).tap();
  await page.waitForFunction(() => document.querySelector('.stepper input').value === '4');
  const away = await readSlip(page);
  await context.setOffline(false);
  const quote = await apiQuote(context, await keptCart(page), HERE);
  assert.deepEqual(away, slipOf(quote, await namesOf(context, quote), 'zh'));
  assert.ok(away.discounts.length >= 2);
  await page.getByText('网络断开了').waitFor({ state: 'hidden' });
});

shop.test('the way out: the browser is no kiosk any more', SCREEN, async ({ page }) => {
  await begin(page);
  await open(page, '/kiosk/exit');
  assert.equal(await page.locator('html').getAttribute('data-channel'), 'web');
  assert.equal(await page.locator('.chip.here').count(), 0);
});

shop.test('a kiosk of a store that is not ours', { ...SCREEN, expects: [404] }, async ({ page }) => {
  await open(page, '/kiosk/nowhere', 404);
  await page.getByRole('heading', { level: 1, name: '没有这个页面' }).waitFor();
});
