// Ordering at the price that was seen, or not at all; once, however often it is sent; and the last unit to one shopper only.
import assert from 'node:assert/strict';
import { suite } from './lib/suite.mjs';
import {
  fillAddress, fillCart, fillContact, get, hydrated, keptCart, open, orderOf, placeButton, placed, post, signIn,
} from './lib/shop.mjs';
import { readSlip } from './lib/receipt.mjs';
import { yuan } from './lib/money.mjs';

const shop = suite();

/** A checkout with this cart, filled in up to the last click. */
async function atCheckout(page, lines, kept = {}) {
  await open(page, '/checkout');
  await fillCart(page, lines, kept);
  await fillAddress(page);
  await fillContact(page);
  await page.waitForFunction(() => document.querySelector('.main-action button')?.textContent.includes('¥'));
}

const dialog = (page) => page.getByRole('dialog', { name: '价格有变动' });

/** What the dialog lists: name, amount before (empty where there was none) and after. */
const differences = (page) => dialog(page).locator('.changes li').evaluateAll((rows) => rows.map((row) => {
  // The words for screen readers come first.
  const text = (selector) => /\S+$/.exec(row.querySelector(selector)?.textContent ?? '')?.[0] ?? '';
  return [row.querySelector('span').textContent.trim(), text('s'), text('strong')];
}));

/** The orders that the page sent, and the answers. */
function watchOrders(page) {
  const sent = [];
  page.on('response', async (response) => {
    if (response.request().method() !== 'POST' || !response.url().endsWith('/api/v1/orders')) return;
    sent.push({ body: response.request().postDataJSON(), status: response.status() });
  });
  return sent;
}

shop.test('a forged price is refused, and the shopper decides about the real one', { expects: [409] }, async ({ context, page }) => {
  await atCheckout(page, [['TEA-LJ-100', 1]]);
  const sent = watchOrders(page);
  await page.route('**/api/v1/orders', async (route) => {
    const body = route.request().postDataJSON();
    await route.continue({ postData: JSON.stringify({ ...body, quote_hash: body.quote_hash.replace(/^./, (one) => (one === '0' ? '1' : '0')) }) });
  }, { times: 1 });
  const before = await readSlip(page);
  await placeButton(page).click();
  await dialog(page).waitFor();
  assert.equal(sent[0].status, 409);
  await dialog(page).getByText('金额没有变').waitFor();
  await dialog(page).getByRole('button', { name: `接受新价格，${before.payable}` }).click();
  const number = await placed(page);
  assert.equal(yuan((await get(context, `/orders/${number}`)).quote.payable), before.payable);
  assert.notEqual(sent[0].body.idempotency_key, undefined);
  assert.deepEqual(sent.map(({ status }) => status), [409, 201]);
});

shop.test('a code that was used elsewhere meanwhile: each difference is named, and accepted', { expects: [409] }, async ({ context, page, server }) => {
  await signIn(context, server, '13800000001');
  await atCheckout(page, [['TEA-LJ-50', 1]], { coupons: ['LUCKY10'] });
  const seen = await readSlip(page);
  assert.ok(seen.discounts.some(({ small }) => small === 'LUCKY10'));
  const elsewhere = await orderOf(context, [['PAP-NB-LIN', 2]], { coupons: ['LUCKY10'] });
  await post(context, '/orders', elsewhere, 201);

  await placeButton(page).click();
  await dialog(page).waitFor();
  assert.deepEqual(await differences(page), [
    ['明前龙井', '¥118.00', '¥128.00'],
    ['幸运券 满50减10', '-¥10.00', '¥0.00'],
    ['应付', '¥118.00', '¥128.00'],
  ]);
  await dialog(page).getByRole('button', { name: '回购物车' }).click();
  await page.waitForURL('**/cart');
  await page.goto('/checkout');
  await hydrated(page);
  assert.equal((await get(context, '/account')).orders.length, 1, 'going back orders nothing');

  await page.getByLabel('姓名', { exact: true }).waitFor();
  await fillAddress(page);
  await fillContact(page);
  await placeButton(page).click();
  const number = await placed(page);
  assert.equal((await get(context, `/orders/${number}`)).quote.payable, 12800);
  assert.equal((await get(context, '/account')).orders.length, 2);
});

shop.test('a gift that runs out ends its promotion: nobody gets less than was shown without being asked', { expects: [409] }, async ({ context, page }) => {
  await atCheckout(page, [['TXT-BL-CHR', 1]]);
  const seen = await readSlip(page);
  assert.ok(seen.items.some(({ name, amount }) => name === '四味茶样' && amount === '赠送'));
  const { context: other } = await shop.shopper();
  const { items: [sampler] } = await post(other, '/slice', { skus: ['TEA-SAMPLE'] });
  await post(other, '/orders', await orderOf(other, [['TEA-SAMPLE', sampler.available - 1]]), 201);
  await other.close();

  await placeButton(page).click();
  await dialog(page).waitFor();
  await dialog(page).getByRole('button', { name: /^接受新价格/ }).click();
  const number = await placed(page);
  const order = await get(context, `/orders/${number}`);
  assert.deepEqual(order.quote.gifts, []);
  const shown = await readSlip(page);
  assert.equal(shown.payable, seen.payable);
  assert.ok(shown.items.every(({ name }) => name !== '四味茶样'));
});

shop.test('two clicks make one order', {}, async ({ context, page, server }) => {
  await signIn(context, server, '13800000002');
  await atCheckout(page, [['PAP-GP-BLK', 1]]);
  const sent = watchOrders(page);
  await placeButton(page).dblclick();
  const number = await placed(page);
  const { orders } = await get(context, '/account');
  assert.deepEqual(orders.map((order) => order.number), [number]);
  // The same request again, as a network that repeats itself would send it: the same order.
  const again = await post(context, '/orders', sent[0].body, 201);
  assert.equal(again.number, number);
  const other = await context.request.post('/api/v1/orders', { data: { ...sent[0].body, contact: { name: '别人', phone: '13900000008' } } });
  assert.deepEqual([other.status(), (await other.json()).type], [409, '/problems/key-reused']);
  assert.equal((await get(context, '/account')).orders.length, 1);
});

for (const [who, phone] of [['a member', '13800000003'], ['a guest', null]]) shop.test(`an answer that gets lost costs ${who} nothing: sent again, it is the same order`, { expects: ['net::ERR_'] }, async ({ context, page, server }) => {
  if (phone) await signIn(context, server, phone);
  await atCheckout(page, [['PAP-GP-IND', 1]]);
  let first;
  await page.route('**/api/v1/orders', async (route) => {
    const answer = await route.fetch();
    assert.equal(answer.status(), 201, 'the server took it');
    first = (await answer.json()).number;
    await route.abort('connectionreset');
  }, { times: 1 });
  await placeButton(page).click();
  await page.getByRole('alert').filter({ hasText: '连不上网络' }).waitFor();
  assert.equal((await keptCart(page)).lines.length, 1, 'the cart is still there');
  await placeButton(page).click();
  assert.equal(await placed(page), first);
  if (phone) assert.deepEqual((await get(context, '/account')).orders.map((order) => order.number), [first]);
});

shop.test('the last unit goes to one of two shoppers', { expects: [409] }, async ({ page }) => {
  const rival = await shop.shopper();
  const pages = [page, await rival.context.newPage()];
  for (const one of pages) await atCheckout(one, [['PAP-IS-01', 1]]);
  await Promise.all(pages.map((one) => placeButton(one).click()));
  const outcomes = await Promise.all(pages.map((one) => Promise.race([
    placed(one).then(() => 'placed'),
    one.getByRole('alert').filter({ hasText: '库存不足' }).waitFor().then(() => 'out of stock'),
  ])));
  assert.deepEqual(outcomes.sort(), ['out of stock', 'placed']);
  await open(page, '/p/she-inkstone');
  assert.ok(await page.getByRole('button', { name: '暂时缺货' }).isDisabled());
  await rival.context.close();
});

shop.test('an order cannot name its own price', {}, async ({ context }) => {
  const order = await orderOf(context, [['PAP-GP-RED', 1]]);
  const refused = async (change) => {
    const answer = await context.request.post('/api/v1/orders', { data: { ...order, idempotency_key: crypto.randomUUID(), ...change } });
    return [answer.status(), (await answer.json()).type];
  };
  const changed = [409, '/problems/price-changed'];
  assert.deepEqual(await refused({ quote_hash: '0'.repeat(64) }), changed);
  assert.deepEqual(await refused({ cart: { ...order.cart, lines: [{ ...order.cart.lines[0], quantity: 2 }] } }), changed);
  assert.deepEqual(await refused({ book: 'f'.repeat(64) }), changed);
  assert.deepEqual((await refused({ price: 1 }))[0], 422);
  await post(context, '/orders', order, 201);
});
