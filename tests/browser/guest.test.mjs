// A guest shops: from the first page to an order, and every amount on the way is the one that is ordered.
import assert from 'node:assert/strict';
import { DESKTOP, PHONE } from './lib/browser.mjs';
import { suite } from './lib/suite.mjs';
import { apiQuote, fillAddress, fillContact, get, keptCart, open, placeButton, placed } from './lib/shop.mjs';
import { namesOf, readSlip, slipOf } from './lib/receipt.mjs';
import { minor } from './lib/money.mjs';

const shop = suite();

/** Opens a product from its department and puts units of it into the cart. */
async function take(page, title, option, units) {
  await page.locator('.catalog-found .card-link').filter({ hasText: title }).click();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  if (option) {
    await page.locator('.choice').filter({ hasText: option }).click();
    await page.locator('.choice[aria-current=true]').filter({ hasText: option }).waitFor();
  }
  const more = page.locator('.buy-bar .stepper').getByRole('button', { name: `${title}多一件` });
  for (let unit = 1; unit < units; unit += 1) await more.click();
  await page.getByRole('button', { name: '加入购物车', exact: true }).click();
  await page.getByRole('status').filter({ hasText: '已加入购物车' }).waitFor();
}

// Stores have few teapots: each order is picked up at another one.
for (const [where, size, store] of [['a phone', PHONE, '大学路店'], ['a desktop', DESKTOP, '玉林店']]) {
  shop.test(`from the first page to an order, on ${where}`, { size }, async ({ context, page }) => {
    await open(page, '/');
    await page.locator('main').getByRole('link', { name: /^茶与咖啡/ }).click();
    await page.waitForURL('**/c/tea');
    await take(page, '朱泥小壶', '120 毫升', 1);
    await page.locator('.product-kind').getByRole('link', { name: '茶与咖啡' }).click();
    await page.waitForURL('**/c/tea');
    await take(page, '青瓷品茗杯', '粉青', 2);
    await page.getByRole('banner').getByRole('link', { name: '购物车 3 件' }).click();
    await page.waitForURL('**/cart');

    const kept = await keptCart(page);
    assert.deepEqual(kept.lines.map(({ sku, quantity }) => [sku, quantity]), [['TEA-POT-120', 1], ['TEA-CUP-FQ', 2]]);
    const quote = await apiQuote(context, kept);
    const names = await namesOf(context, quote);
    const cart = await readSlip(page);
    assert.deepEqual(cart, slipOf(quote, names, 'zh'));
    // 198.00 + 2 × 52.00 as a set for 268.00; that is over 200.00, so another 30.00 goes off; and 302.00 on the shelf bring a gift.
    assert.deepEqual(cart.discounts.map(({ name, amount }) => [name, amount]), [
      ['一壶两杯 ¥268', '-¥34.00'],
      ['满299送四味茶样', '赠品'],
      ['满200减30', '-¥30.00'],
    ]);
    assert.deepEqual(cart.items.at(-1), { name: '四味茶样', small: '', amount: '赠送' });
    assert.equal(cart.payable, '¥238.00');

    await page.locator('.main-action a').click();
    await page.waitForURL('**/checkout');
    await page.getByText('到店自提').click();
    await page.locator('.radio').filter({ hasText: store }).click();
    await fillContact(page);
    assert.equal(minor(await placeButton(page).textContent()), quote.payable);
    assert.deepEqual(await readSlip(page), cart, 'nothing is added at the checkout');
    await placeButton(page).click();
    const number = await placed(page);

    const order = await get(context, `/orders/${number}`);
    assert.deepEqual(order.quote, { ...quote, book: order.quote.book });
    assert.equal(order.quote.hash, quote.hash);
    const shown = await readSlip(page);
    assert.deepEqual(shown, slipOf(order.quote, names, 'zh', false));
    assert.deepEqual([shown.items, shown.discounts, shown.payable], [cart.items, cart.discounts, cart.payable]);
    await page.locator('.order-facts').getByText(store).waitFor();
    await page.locator('.order-facts').getByText('林一安 139****0009').waitFor();
    assert.deepEqual((await keptCart(page)).lines, [], 'the cart is empty again');

    await page.reload();
    assert.deepEqual(await readSlip(page), shown, 'the server writes the same receipt');
  });
}

shop.test('an order that is sent: shipping is on the receipt', { lang: 'en' }, async ({ context, page }) => {
  await open(page, '/p/gel-pen?sku=PAP-GP-BLK');
  await page.getByRole('button', { name: 'Add to cart', exact: true }).click();
  await open(page, '/checkout');
  await page.locator('.radio').filter({ hasText: 'Next-day delivery' }).click();
  await fillAddress(page);
  await fillContact(page);
  const quote = await apiQuote(context, await keptCart(page));
  assert.equal(quote.payable, 650 + 2200);
  await page.locator('[name="contact.email"]').fill('lin@example.com');
  assert.equal(minor(await placeButton(page).textContent()), 2850);
  await placeButton(page).click();
  const number = await placed(page);
  const names = await namesOf(context, quote);
  assert.deepEqual(await readSlip(page), slipOf(quote, names, 'en', false));
  const order = await get(context, `/orders/${number}`);
  assert.equal(order.delivery.address.street, '武康路 1 号');
  assert.equal(order.contact.email, 'lin@example.com');
});

shop.test('what is missing is said beside its field, and nothing is lost', { expects: [] }, async ({ page }) => {
  await open(page, '/p/gel-pen?sku=PAP-GP-BLK');
  await page.getByRole('button', { name: '加入购物车', exact: true }).click();
  await open(page, '/checkout');
  await fillContact(page, { name: '林一安', phone: '12345' });
  await page.locator('[name="contact.email"]').fill('lin');
  await placeButton(page).click();
  await page.getByRole('alert').filter({ hasText: '还有几处需要补充' }).waitFor();
  const focused = await page.evaluate(() => document.activeElement.name);
  assert.equal(focused, 'delivery.address.province', 'the first field that is wrong has the focus');
  for (const part of ['province', 'city', 'district', 'street']) {
    const field = page.locator(`[name="delivery.address.${part}"]`);
    assert.equal(await field.getAttribute('aria-invalid'), 'true');
    assert.equal(await page.locator(`[id="wrong-delivery.address.${part}"]`).textContent(), '请填写这一项');
  }
  assert.equal(await page.locator('[id="wrong-contact.phone"]').textContent(), '请填 11 位手机号');
  assert.equal(await page.locator('[id="wrong-contact.email"]').textContent(), '请填写完整的邮箱地址，或留空');
  assert.equal(await page.locator('[name="contact.name"]').inputValue(), '林一安');
  await page.goBack();
  await page.goForward();
  assert.match(page.url(), /\/checkout$/);
});

shop.test('an order is its shopper\'s own', { expects: [404] }, async ({ context, page }) => {
  await open(page, '/p/gel-pen?sku=PAP-GP-BLK');
  await page.getByRole('button', { name: '加入购物车', exact: true }).click();
  await open(page, '/checkout');
  await page.getByText('到店自提').click();
  await page.locator('.radio').filter({ hasText: '大学路店' }).click();
  await fillContact(page);
  await placeButton(page).click();
  const number = await placed(page);
  const { context: other } = await shop.shopper();
  const stranger = await other.newPage();
  const answer = await stranger.goto(`/orders/${number}`);
  assert.equal(answer.status(), 404);
  assert.ok(!(await stranger.content()).includes('林一安'));
  await get(other, `/orders/${number}`, 404);
  await other.close();
  await get(context, `/orders/${number}`);
});
