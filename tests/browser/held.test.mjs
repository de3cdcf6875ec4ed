// A held price: asked for in the cart, honoured at the checkout although prices changed, and every way in which it ends, in words.
import assert from 'node:assert/strict';
import { findings } from './lib/axe.mjs';
import { suite } from './lib/suite.mjs';
import { fillAddress, fillCart, fillContact, get, keptCart, open, placeButton, placed, post, signIn } from './lib/shop.mjs';
import { readSlip } from './lib/receipt.mjs';
import { minor, yuan } from './lib/money.mjs';

const shop = suite();
const CART = [['TEA-POT-120', 1], ['PAP-SS-18', 1]];

const panel = (page) => page.locator('.hold');
const holdButton = (page) => panel(page).getByRole('button', { name: /^(锁定|Hold)/ });

/** A cart whose price is held. */
async function held(page, lines = CART) {
  await open(page, '/cart');
  await fillCart(page, lines);
  await holdButton(page).click();
  await page.locator('.hold-word[data-good]').waitFor();
  return readSlip(page);
}

async function fillIn(page) {
  await open(page, '/checkout');
  await fillAddress(page);
  await fillContact(page);
  await page.waitForFunction(() => document.querySelector('.main-action button')?.textContent.includes('¥'));
}

const dearer = (sku) => (book) => {
  const one = book.skus.find((one) => one.sku === sku);
  one.price = String(Number(one.price) + 100);
};

for (const [lang, words] of [['zh-CN', /^价格已锁定到 \d\d:\d\d，可以下一单。$/], ['en', /^Price held until \d\d:\d\d for one order\.$/]]) {
  shop.test(`a price is held across a change of the book, a reload and the choice of delivery, and ordered (${lang})`, { lang }, async ({ context, page, server }) => {
    const before = await held(page);
    assert.match(await page.locator('.hold-word p').textContent(), words);
    assert.deepEqual(await findings(page), []);
    await server.changeBook(dearer('PAP-SS-18'));
    const { context: other } = await shop.shopper();
    const page2 = await other.newPage();
    await open(page2, '/cart');
    await fillCart(page2, CART);
    assert.equal(minor((await readSlip(page2)).payable), minor(before.payable) + 10_000, 'others pay the new price');
    await other.close();

    await fillIn(page);
    await page.locator('.hold-word[data-good]').waitFor();
    const slip = await readSlip(page);
    assert.deepEqual(slip.items, before.items, 'the goods cost what was held');
    await placeButton(page).click();
    const { quote } = await get(context, `/orders/${await placed(page)}`);
    assert.equal(yuan(quote.payable), slip.payable);
    assert.equal(await page.evaluate(() => localStorage.getItem('concord.held.1')), null, 'it is used up');
  });
}

shop.test('another cart is at the prices of now until the one that is held comes back', {}, async ({ page, server }) => {
  const before = await held(page);
  await server.changeBook(dearer('TEA-POT-120'));
  await open(page, '/cart');
  await page.locator('.hold-word[data-good]').waitFor();
  await page.locator('.line .stepper button').nth(1).click();
  await page.locator('.hold-word:not([data-good])').filter({ hasText: '是给原来的购物车的' }).waitFor();
  assert.deepEqual(await findings(page), []);
  await page.getByRole('button', { name: '恢复原来的购物车' }).click();
  await page.locator('.hold-word[data-good]').waitFor();
  assert.equal((await readSlip(page)).payable, before.payable);
  assert.deepEqual((await keptCart(page)).lines.map(({ quantity }) => quantity), [1, 1]);
  await page.getByRole('button', { name: '不锁了' }).click();
  await holdButton(page).waitFor();
  assert.notEqual((await readSlip(page)).payable, before.payable);
});

shop.test('an end is said when it comes', {}, async ({ page }) => {
  await page.route('**/quotes/hold', async (route) => {
    const answer = await route.fetch();
    const body = await answer.json();
    await route.fulfill({ response: answer, json: { ...body, expires: new Date(Date.parse(body.context.at) + 4_000).toISOString() } });
  });
  await held(page);
  await page.locator('.hold-word:not([data-good])').filter({ hasText: '到期了' }).waitFor();
  await page.unroute('**/quotes/hold');
  await holdButton(page).click();
  await page.locator('.hold-word[data-good]').waitFor();
});

shop.test('signing in ends what was held for a guest, and says so', {}, async ({ context, page, server }) => {
  await held(page);
  await signIn(context, server, '13800000002');
  await open(page, '/cart');
  await page.locator('.hold-word:not([data-good])').filter({ hasText: '登录状态或门店变了' }).waitFor();
});

for (const [what, spoil, status, words] of [
  ['tampered with', (order) => ({ ...order, held: order.held.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')) }), 422, '不是本店签发的原件'],
  ['for another cart', (order) => ({ ...order, cart: { ...order.cart, lines: order.cart.lines.map((line) => ({ ...line, quantity: 2 })) } }), 409, '购物车与保价时不同'],
]) {
  shop.test(`a promise that was ${what} is refused in words, and the price is that of now`, { expects: [status] }, async ({ page }) => {
    await held(page);
    await fillIn(page);
    await page.route('**/api/v1/orders', (route) => route.continue({ postData: JSON.stringify(spoil(route.request().postDataJSON())) }), { times: 1 });
    await placeButton(page).click();
    await page.getByRole('alert').filter({ hasText: words }).waitFor();
    await holdButton(page).waitFor();
    await placeButton(page).click();
    await placed(page);
  });
}

shop.test('a promise is kept once', { expects: [409] }, async ({ context, page }) => {
  await held(page);
  await fillIn(page);
  // The same order, sent by another tab of the same shopper before.
  await page.route('**/api/v1/orders', async (route) => {
    const order = route.request().postDataJSON();
    await post(context, '/orders', { ...order, idempotency_key: crypto.randomUUID() }, 201);
    await route.continue();
  }, { times: 1 });
  await placeButton(page).click();
  await page.getByRole('alert').filter({ hasText: '每份只能用一次' }).waitFor();
});
