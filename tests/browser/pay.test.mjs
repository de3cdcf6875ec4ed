// Paying: a way is chosen at the checkout, the provider is gone to and come back from, and the order's page knows where the money is.
import assert from 'node:assert/strict';
import { KIOSK } from './lib/browser.mjs';
import { readQrImage } from './lib/codes.mjs';
import { yuan } from './lib/money.mjs';
import { fillAddress, fillCart, fillContact, get, open, orderOf, placeButton, placed, post, signIn, staffSignIn } from './lib/shop.mjs';
import { suite } from './lib/suite.mjs';

const shop = suite();
const MEMBER = '13800000001';
const ADMIN = '13900000005';

const way = (page, name) => page.locator('.radio', { has: page.locator('[name=tender]') }).filter({ hasText: name });
const payment = (page, state) => page.locator(`.payment[data-state=${state}]`);

/** Fills in the checkout, with one way to pay chosen. */
async function ready(page, name) {
  await open(page, '/checkout');
  await fillCart(page, [['TEA-LJ-50', 1]]);
  await fillAddress(page);
  await fillContact(page);
  if (name) await way(page, name).getByRole('radio').check();
}

/** On the provider's page: approves or refuses, and is back at the order. */
async function answer(page, words) {
  await page.waitForURL('**/demo-pay/*');
  await page.getByRole('button', { name: words }).click();
  return placed(page);
}

/** An order that waits for its money, and its payment. */
async function waiting(context) {
  const order = await post(context, '/orders', { ...await orderOf(context, [['TEA-LJ-50', 1]]), payments: [{ tender: 'wechat_pay' }] }, 201);
  const { payments: [first] } = await get(context, `/orders/${order.number}/payments`);
  return { number: order.number, payment: first };
}

/** The shopper's bank says yes, somewhere else. */
async function approveElsewhere(context, id) {
  await post(context, `/payments/${id}/start`, {});
  const done = await context.request.post(`/demo-pay/${id}`, { form: { answer: 'approve' } });
  assert.equal(done.status(), 200);
}

shop.test('an order is paid at a provider: sent there at once, approved, and back at an order that is paid', {}, async ({ context, page }) => {
  await ready(page, '微信支付');
  await page.getByText('下一步：微信支付付款').waitFor();
  await placeButton(page).click();
  const number = await answer(page, '批准');
  await page.getByRole('heading', { level: 1, name: '谢谢，我们这就去准备。' }).waitFor();
  await payment(page, 'paid').getByText('微信支付').waitFor();
  const { state, payments } = await get(context, `/orders/${number}/payments`);
  assert.deepEqual([state, payments.map(({ tender }) => tender)], ['settled', ['wechat_pay']]);
  assert.equal((await get(context, `/orders/${number}`)).status, 'placed');
});

shop.test('a payment that is refused is said, the goods stay kept, and another way is offered', { lang: 'en' }, async ({ context, page }) => {
  await ready(page, 'Alipay');
  await placeButton(page).click();
  const number = await answer(page, 'Refuse');
  await page.locator('.order-pay-failed').getByText('nothing was charged').waitFor();
  await payment(page, 'failed').getByText('Alipay').waitFor();
  await page.getByText('Please pay before').waitFor();
  await page.locator('.pay-otherwise[open]').getByRole('radio', { name: 'WeChat Pay' }).waitFor();
  assert.equal((await get(context, `/orders/${number}`)).status, 'awaiting_payment');
});

shop.test('the way back from the provider leads to the order, which leads to the provider again', {}, async ({ page }) => {
  await ready(page, '支付宝');
  await placeButton(page).click();
  await page.waitForURL('**/demo-pay/*');
  await page.goBack();
  await page.getByRole('heading', { level: 1, name: '货已为你留好，请完成付款。' }).waitFor();
  await page.getByRole('button', { name: /^去支付宝付 ¥/ }).click();
  await answer(page, '批准');
  await payment(page, 'paid').waitFor();
});

shop.test('news of a payment come to an open page by themselves', {}, async ({ context, page }) => {
  const { number, payment: { id } } = await waiting(context);
  await open(page, `/orders/${number}`);
  await page.getByRole('heading', { level: 1, name: '货已为你留好，请完成付款。' }).waitFor();
  await approveElsewhere(context, id);
  await page.getByRole('heading', { level: 1, name: '谢谢，我们这就去准备。' }).waitFor({ timeout: 15_000 });
  await page.getByText('钱收到了').waitFor();
  assert.equal(await page.getByRole('button', { name: /^去微信支付付/ }).count(), 0);
});

shop.test('a kiosk shows a code for the telephone, and goes on once it is paid', { size: KIOSK }, async ({ context, page, server }) => {
  await open(page, '/kiosk/sh-wukang');
  await open(page, '/checkout');
  await fillCart(page, [['TEA-LJ-50', 1]]);
  await fillContact(page);
  await way(page, '微信支付').getByRole('radio').check();
  await placeButton(page).click();
  const number = await placed(page);
  const image = page.locator('.pay-scan img');
  await image.waitFor();
  const { payments: [{ id, amount }] } = await get(context, `/orders/${number}/payments`);
  assert.equal(await readQrImage(page, image), `${server.base}/demo-pay/${id}`);
  await page.locator('.pay-scan').getByText(yuan(amount)).waitFor();
  const { context: stranger } = await shop.shopper();
  assert.equal((await stranger.request.get(`/img/pay/${id}.svg`)).status(), 404, 'a code to pay by is its shopper\'s');
  await stranger.close();
  await approveElsewhere(context, id);
  await payment(page, 'paid').waitFor({ timeout: 15_000 });
});

shop.test('paying when the goods come stays what it was', {}, async ({ context, page }) => {
  await ready(page);
  await page.getByText('收货或自提时付款。').waitFor();
  await placeButton(page).click();
  const number = await placed(page);
  await payment(page, 'later').getByText('交货时付').waitFor();
  assert.equal((await get(context, `/orders/${number}`)).status, 'placed');
});

shop.test('stored value and a gift card pay first, and the rest is said and paid by another', { expects: [422] }, async ({ t, context, page, server }) => {
  await signIn(context, server, MEMBER);
  const offers = await get(context, '/tenders');
  if (!offers.some(({ way }) => way === 'stored_value')) return t.skip('this shop takes no stored value');
  const { context: desk } = await shop.shopper();
  await staffSignIn(desk, server, ADMIN);
  const { id } = await post(desk, '/staff/members/find', { text: MEMBER });
  await post(desk, `/staff/members/${id}/top-up`, { idempotency_key: crypto.randomUUID(), amount: 2_000, tender: 'cash' });
  const { code } = await post(desk, '/staff/gift-cards', { idempotency_key: crypto.randomUUID(), amount: 1_500, tender: 'cash' });
  await desk.close();

  await ready(page, '微信支付');
  await page.getByLabel(/用储值余额/).check();
  await page.getByText('用礼品卡', { exact: true }).click();
  await page.getByLabel('礼品卡卡号').fill('AAAA-BBBB-CCCC-DDDD');
  await page.getByLabel('礼品卡卡号').press('Enter');
  await page.getByText('没有这张礼品卡').waitFor();
  await page.getByLabel('礼品卡卡号').fill(code.toLowerCase());
  await page.getByRole('button', { name: '使用', exact: true }).click();
  await page.locator('.pay-cards li').getByText(`…${code.slice(-4)}`).waitFor();
  const left = await page.locator('.pay-left').textContent();
  await placeButton(page).click();
  const number = await answer(page, '批准');
  const { payable, state, payments } = await get(context, `/orders/${number}/payments`);
  assert.deepEqual(payments.map(({ tender, amount }) => [tender, amount]), [['stored_value', 2_000], ['gift_card', 1_500], ['wechat_pay', payable - 3_500]]);
  assert.equal(state, 'settled');
  assert.equal(left, `还要付 ${yuan(payable - 3_500)}`);
});
