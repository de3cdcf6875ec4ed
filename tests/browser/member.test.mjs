// Members: signing in with the code from the log, member prices, codes for members, points, orders.
import assert from 'node:assert/strict';
import { findings } from './lib/axe.mjs';
import { suite } from './lib/suite.mjs';
import { apiQuote, fillCart, fillContact, get, hydrated, keptCart, open, placeButton, placed, post, signIn } from './lib/shop.mjs';
import { namesOf, readSlip, slipOf, slipWith } from './lib/receipt.mjs';
import { yuan } from './lib/money.mjs';

const shop = suite();
const GOLD = '13800000002';
const NEWCOMER = '13700000001';

const codeRow = (page, code, state) => page.locator(`.code[data-state=${state}]`).filter({ hasText: code });

/** Signs in by the page, as a shopper does who reads the code off the telephone. */
async function signInByPage(page, server, phone) {
  await page.getByLabel('手机号', { exact: true }).fill(phone);
  await page.getByRole('button', { name: '获取验证码' }).click();
  const field = page.getByLabel('6 位验证码', { exact: true });
  await field.waitFor();
  await field.fill(await server.lastCode(phone));
  await confirm(page);
}

const confirm = (page) => page.locator('main').getByRole('button', { name: '登录', exact: true }).click();

async function pickUp(page) {
  await page.getByText('到店自提').click();
  await page.locator('.radio').filter({ hasText: '武康路店' }).click();
}

shop.test('a code for newcomers: refused to the guest, taken once from the new member', { timeout: 90_000 }, async ({ context, page, server }) => {
  await open(page, '/cart');
  await fillCart(page, [['TEA-LJ-50', 1]], { coupons: ['NEW20'] });
  assert.match(await codeRow(page, 'NEW20', 'unused').locator('.code-why').textContent(), /登录会员后可用$/);
  assert.equal((await readSlip(page)).payable, '¥128.00');

  await page.locator('.slip-hints').getByRole('link', { name: '登录' }).first().click();
  await page.waitForURL('**/sign-in?next=%2Fcart');
  await signInByPage(page, server, NEWCOMER);
  await page.waitForURL((url) => url.pathname === '/cart');
  await hydrated(page);
  await codeRow(page, 'NEW20', 'used').waitFor();
  const cart = await readSlip(page);
  assert.equal(cart.payable, '¥108.00');
  assert.deepEqual(cart.discounts.map(({ small, amount }) => [small, amount]), [['NEW20', '-¥20.00']]);

  await page.locator('.main-action a').click();
  await pickUp(page);
  await fillContact(page);
  await placeButton(page).click();
  const number = await placed(page);
  const order = await get(context, `/orders/${number}`);
  assert.equal(order.quote.payable, 10800);

  await page.getByRole('link', { name: '我的订单' }).click();
  await page.waitForURL('**/account');
  const row = page.locator('.order-row');
  await row.first().waitFor();
  assert.equal(await row.count(), 1);
  assert.match(await row.textContent(), new RegExp(`${number}.*共 1 件.*¥108\\.00`));
  const earned = `+${order.quote.points_earned}`;
  assert.equal(await page.locator('.points-amount').first().textContent(), earned);
  const { member, outlook } = await get(context, '/account');
  assert.deepEqual([member.points, outlook.pending, member.orders], [0, order.quote.points_earned, 1]);
  await page.locator('.points-outlook').filter({ hasText: `${order.quote.points_earned} 积分待生效` }).waitFor();

  await open(page, '/cart');
  await fillCart(page, [['TEA-LJ-50', 1]], { coupons: ['NEW20'] });
  await codeRow(page, 'NEW20', 'unused').waitFor();
  assert.equal((await readSlip(page)).payable, '¥128.00', 'a first order happens once');
});

shop.test('what the code form refuses, it says', { expects: [401, 422, 429] }, async ({ page, server }) => {
  const phone = '13700000002';
  await open(page, '/sign-in');
  await page.getByLabel('手机号', { exact: true }).fill('1370000');
  await page.getByRole('button', { name: '获取验证码' }).click();
  await page.locator('#phone-wrong').filter({ hasText: '请填 11 位手机号' }).waitFor();
  await page.getByLabel('手机号', { exact: true }).fill(phone);
  await page.getByRole('button', { name: '获取验证码' }).click();
  const field = page.getByLabel('6 位验证码', { exact: true });
  await field.waitFor();
  assert.ok(await page.getByRole('button', { name: /秒后可重新发送/ }).isDisabled());
  const right = await server.lastCode(phone);
  const bad = right === '000000' ? '000001' : '000000';
  await field.fill('123');
  await confirm(page);
  await page.locator('#code-wrong').filter({ hasText: '验证码是 6 位数字' }).waitFor();
  await field.fill(bad);
  await confirm(page);
  await page.getByRole('alert').filter({ hasText: '验证码不对，还可以试 4 次' }).waitFor();
  await field.fill(right);
  await confirm(page);
  await page.waitForURL('**/account');
  await page.getByRole('heading', { level: 1, name: '137****0002，你好' }).waitFor();
});

shop.test('a gold member has gold prices, and points to spend', {}, async ({ context, page, server }) => {
  await open(page, '/p/longjing-tea-tin?sku=TEA-LJ-50');
  assert.equal(await page.locator('.buy-price .price-now').textContent(), '现价 ¥128.00');
  await signIn(context, server, GOLD);
  await page.reload();
  await hydrated(page);
  const price = page.locator('.buy-price .price');
  assert.equal(await price.locator('.price-now').textContent(), '现价 ¥121.60', '5 % off');
  assert.equal(await price.locator('.price-was').textContent(), '原价 ¥128.00');
  assert.equal(await price.locator('.price-why').textContent(), '金卡会员价');

  await page.getByRole('button', { name: '加入购物车', exact: true }).click();
  await open(page, '/checkout');
  await pickUp(page);
  await page.getByRole('button', { name: '全部使用' }).click();
  await page.waitForFunction(() => document.querySelector('.slip-sums').textContent.includes('使用 2680 积分'));
  const quote = await apiQuote(context, await keptCart(page));
  assert.equal(quote.payable, 12160 - 2680);
  const names = await namesOf(context, quote);
  assert.deepEqual(await readSlip(page), slipOf(quote, names, 'zh'));
  await fillContact(page);
  await placeButton(page).click();
  await placed(page);

  await open(page, '/account');
  const head = page.locator('.account-head');
  await head.getByText('金卡会员').waitFor();
  await head.getByText('周知夏，你好').waitFor();
  await head.getByText('138****0002').waitFor();
  const { member, outlook } = await get(context, '/account');
  assert.deepEqual([member.points, outlook.pending], [0, quote.points_earned], 'what was earned waits for the time for returns to end');
  const movements = await page.locator('.points-amount').allTextContents();
  assert.ok(movements.includes('-2680') && movements.includes(`+${quote.points_earned}`), `${movements}`);
});

shop.test('a member shows a code at the till, sees the way to the next level, and adds a gift card', { expects: [422] }, async ({ context, page, server }) => {
  await signIn(context, server, '13800000001');
  await open(page, '/account');
  const till = page.getByRole('region', { name: '会员码' });
  await till.getByRole('button', { name: '出示会员码' }).click();
  await till.getByRole('img', { name: '会员码二维码' }).locator('svg').waitFor();
  const { number } = await get(context, '/account/code');
  await till.getByText(`会员号 ${number}`).waitFor();
  await till.getByText(/\d+ 秒后更新/).waitFor();
  await page.getByRole('region', { name: '等级进度' }).getByText(/升级为金卡会员$/).waitFor();
  const value = page.getByRole('region', { name: '储值余额' });
  await value.getByLabel('礼品卡卡号').fill('0000-0000-0000-0000');
  await value.getByRole('button', { name: '存入余额' }).click();
  await value.getByRole('alert').filter({ hasText: '没有这张礼品卡' }).waitFor();
  assert.deepEqual(await findings(page), []);
  await till.getByRole('button', { name: '收起' }).click();
  await till.getByRole('img').waitFor({ state: 'detached' });
});

shop.test('who signs out is a guest with a guest\'s prices, and keeps the cart', { expects: [401] }, async ({ context, page, server }) => {
  await signIn(context, server, '13800000003');
  await open(page, '/cart');
  const kept = await fillCart(page, [['TEA-LJ-50', 1]]);
  const quote = await apiQuote(context, kept);
  const names = await namesOf(context, quote);
  assert.equal((await slipWith(page, ['明前龙井50 克'])).payable, yuan(quote.payable));
  assert.deepEqual(quote.applied.map((one) => one.promotion), ['black-price', 'black-points']);
  assert.deepEqual(await readSlip(page), slipOf(quote, names, 'zh'));
  await open(page, '/account');
  await page.getByRole('button', { name: '退出登录' }).click();
  await page.waitForURL((url) => url.pathname === '/');
  await open(page, '/cart');
  assert.equal((await slipWith(page, ['明前龙井50 克'])).payable, '¥128.00');
  await open(page, '/account');
  await page.getByRole('heading', { name: '登录后看订单、积分和优惠券' }).waitFor();
  await get(context, '/account', 401);
});

shop.test('a birthday month is told, gives its offer at once, and is taken back', { expects: [422] }, async ({ context, page, server }) => {
  await signIn(context, server, '13800000001');
  await open(page, '/account');
  const section = page.getByRole('region', { name: '生日月' });
  await section.getByRole('button', { name: '记下' }).click();
  await section.getByRole('alert').filter({ hasText: '请选月份' }).waitFor();
  const { context: { at, utc_offset_minutes: ahead } } = await post(context, '/slice', { skus: [] });
  const month = new Date(Date.parse(at) + ahead * 60_000).getUTCMonth() + 1;
  await section.getByLabel('几月过生日').selectOption(String(month));
  await section.getByRole('button', { name: '记下' }).click();
  await section.getByText(`你的生日月：${month} 月`).waitFor();
  assert.deepEqual(await findings(page), []);
  await open(page, '/cart');
  await fillCart(page, [['TXT-BL-CHR', 1]]);
  await page.locator('.slip-discounts').getByText('会员生日月满299减40').waitFor();
  const quote = await apiQuote(context, await keptCart(page));
  assert.deepEqual(await readSlip(page), slipOf(quote, await namesOf(context, quote), 'zh'));

  await open(page, '/account');
  await section.getByRole('button', { name: '撤回' }).click();
  await section.getByLabel('几月过生日').selectOption(String((month % 12) + 1));
  await section.getByRole('button', { name: '记下' }).click();
  await section.getByRole('alert').filter({ hasText: '一年只能填一次' }).waitFor();
  assert.deepEqual((await apiQuote(context, await keptCart(page))).applied.filter((one) => one.promotion === 'birthday-40'), []);
});
