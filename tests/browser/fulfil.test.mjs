// What becomes of orders: gathered, shown a code for, handed over; cancelled in part; brought back to a store; sold at the till.
import assert from 'node:assert/strict';
import { PHONE } from './lib/browser.mjs';
import { readQrImage } from './lib/codes.mjs';
import { suite } from './lib/suite.mjs';
import { fulfil, get, hydrated, open, orderOf, post, staffSignIn } from './lib/shop.mjs';
import { readSlip } from './lib/receipt.mjs';
import { minor, yuan } from './lib/money.mjs';

const shop = suite();
const STORE = 'sh-wukang';
const [CLERK, MANAGER, ADMIN] = ['13900000001', '13900000002', '13900000005'];

/** Places an order as this shopper. */
const place = async (context, lines, options) => (await post(context, '/orders', await orderOf(context, lines, options), 201)).number;

/** A browser of one of the shop's own people; closed with the test's. */
async function at(shop, phone) {
  const { context } = await shop.shopper();
  await staffSignIn(context, shop.server, phone);
  return context;
}

const task = (page, number) => page.locator('.task').filter({ hasText: number });
const said = (page, words) => page.getByRole('status').filter({ hasText: words }).first().waitFor();
const stepper = (page, within, name) => page.locator(within).getByRole('button', { name: `${name}多一件` });

shop.test('a pick-up: ordered, gathered, ready with a code, handed over', { size: PHONE, expects: [404], timeout: 120_000 }, async ({ context, page, server }) => {
  const number = await place(context, [['TEA-LJ-50', 1], ['PAP-GP-BLK', 2]], { store: STORE });
  await open(page, `/orders/${number}`);
  await page.getByRole('heading', { level: 1, name: '谢谢，我们这就去准备。' }).waitFor();
  assert.equal(await page.locator('[aria-current=step]').textContent(), '已下单 现在');
  assert.equal(await page.locator('.pick-up').count(), 0, 'no code before the goods wait');

  const { context: desk } = await shop.shopper();
  const staff = await desk.newPage();
  await open(staff, '/staff/tasks');
  await staff.getByRole('heading', { level: 1, name: '员工登录' }).waitFor();
  await staff.getByLabel('手机号', { exact: true }).fill(CLERK);
  await staff.getByRole('button', { name: '获取验证码' }).click();
  await staff.getByLabel('6 位验证码', { exact: true }).fill(await server.lastCode(CLERK));
  await staff.locator('main').getByRole('button', { name: '登录', exact: true }).click();
  await staff.getByText('陈店员').waitFor();
  await hydrated(staff);
  server.sessions ??= new Map();
  server.sessions.set(CLERK, (await desk.cookies()).find(({ name }) => name === 'session'));
  assert.equal(await staff.getByRole('navigation', { name: '工作台' }).getByRole('link', { name: '员工' }).count(), 0, 'a clerk adds nobody');

  await task(staff, number).getByRole('button', { name: '开始配货' }).click();
  await said(staff, '开始配货了');
  await task(staff, number).getByRole('button', { name: '备好了' }).click();
  await said(staff, '已备好');
  await staff.getByRole('link', { name: /^等顾客取/ }).click();
  await task(staff, number).getByRole('button', { name: '交给顾客' }).waitFor();

  await page.reload();
  await page.getByRole('heading', { level: 1, name: '都备好了，等你来取。' }).waitFor();
  const code = await page.locator('.pick-up-code').textContent();
  assert.match(code, /^[0-9A-Z]{8}$/);
  assert.equal(await readQrImage(page, page.locator('.pick-up-qr')), code);

  await staff.getByRole('navigation', { name: '工作台' }).getByRole('link', { name: '自提' }).click();
  const field = staff.getByLabel('取货码', { exact: true });
  await field.fill('0000-0000');
  await field.press('Enter');
  await staff.getByRole('alert').filter({ hasText: /./ }).waitFor();
  await field.fill(`${code.slice(0, 4)} ${code.slice(4).toLowerCase()}`);
  await field.press('Enter');
  await task(staff, number).getByText('139****0009').waitFor();
  await task(staff, number).getByRole('button', { name: '交给顾客' }).click();
  await said(staff, '已交给顾客');
  await page.reload();
  await page.getByRole('heading', { level: 1, name: '都交到你手上了。' }).waitFor();
  assert.equal((await get(context, `/orders/${number}`)).status, 'completed');
  await desk.close();
});

shop.test('an order that is sent: its address is changed and a part of it cancelled, with a receipt', {}, async ({ context, page }) => {
  const number = await place(context, [['TEA-LJ-50', 2], ['PAP-GP-BLK', 3]]);
  await open(page, `/orders/${number}`);
  const before = await readSlip(page);
  await page.getByText('修改收货地址').click();
  await page.getByLabel('街道、门牌号').fill('');
  await page.getByRole('button', { name: '保存新地址' }).click();
  await page.locator('#street-wrong').filter({ hasText: '请填写这一项' }).waitFor();
  await page.getByLabel('街道、门牌号').fill('龙井路 2 号');
  await page.getByRole('button', { name: '保存新地址' }).click();
  await said(page, '收货地址已修改');
  await page.locator('.order-address').getByText('龙井路 2 号').waitFor();

  await page.locator('summary').filter({ hasText: '取消订单' }).click();
  await page.getByText('只取消几件').click();
  await page.getByRole('button', { name: '确认取消' }).click();
  await page.getByRole('alert').filter({ hasText: '请选要取消的件数' }).waitFor();
  await stepper(page, '.choose', '明前龙井 50 克').click();
  await page.getByRole('button', { name: '确认取消' }).click();
  await said(page, '已取消');
  const order = await get(context, `/orders/${number}`);
  assert.equal(order.returns.length, 1);
  assert.equal(order.delivery.address.street, '龙井路 2 号');
  const slip = page.locator('.slip-back');
  assert.equal(minor(await slip.locator('.slip-total dd').textContent()), order.returns[0].refund.total);
  assert.deepEqual(await readSlip(page), before, 'the receipt of the order stays as it was');
  assert.equal(order.fulfilments.flatMap(({ lines }) => lines).reduce((sum, { quantity }) => sum + quantity, 0), 4 + order.quote.gifts.length);
});

shop.test('goods come back to a store: seen beforehand, taken, with a receipt', {}, async ({ context, page }) => {
  const number = await place(context, [['TEA-CUP-FQ', 2]], { store: STORE });
  const desk = await at(shop, MANAGER);
  await fulfil(desk, number, { step: 'start_picking' }, { step: 'make_ready', missing: [] });
  const { fulfilments: [{ id, code }] } = await get(context, `/orders/${number}`);
  await post(desk, `/staff/fulfilments/${id}/steps`, { step: 'collect', code, by: '' });

  await open(page, `/orders/${number}`);
  await page.getByText('退货试算').click();
  await stepper(page, '.choose', '青瓷品茗杯 粉青').click();
  const preview = page.locator('.slip-back[data-preview]');
  await preview.waitFor();
  const promised = minor(await preview.locator('.slip-total dd').textContent());
  assert.equal(await readQrImage(page, page.locator('.back-code img')), number);

  const staff = await desk.newPage();
  await open(staff, '/staff/orders');
  await staff.getByLabel('订单号（开头几位也行）').fill(number.toLowerCase());
  await staff.getByRole('button', { name: '查找' }).click();
  await staff.getByRole('link', { name: number }).click();
  await staff.waitForURL(`**/staff/orders/${number}`);
  await staff.locator('summary').filter({ hasText: '收退货' }).click();
  await stepper(staff, '.take-back', '青瓷品茗杯 粉青').click();
  await staff.getByLabel('货的状态').selectOption('aside');
  await staff.getByLabel('原因（顾客的话）').fill('有一道裂');
  await staff.getByRole('button', { name: `收下，退 ${yuan(promised)}` }).click();
  await staff.getByRole('button', { name: '打印退货小票' }).waitFor();
  assert.equal(minor(await staff.locator('.taken .slip-total dd').textContent()), promised);
  await staff.locator('.taken .slip-head').filter({ hasText: '退到 原付款方式' }).waitFor();
  const order = await get(desk, `/staff/orders/${number}`);
  assert.deepEqual(order.returns.map(({ kind, reason, refund, goods }) => [kind, reason, refund.total, goods[0].quarantine]), [['return', '有一道裂', promised, true]]);
  await staff.locator('.timeline').getByText('王店长').first().waitFor();
  // What was paid when it was collected is handed back by somebody who says so.
  const back = staff.getByRole('region', { name: '要退给顾客的钱' });
  await back.getByRole('button', { name: `已退给顾客 ${yuan(promised)}` }).click();
  await back.waitFor({ state: 'detached' });
  const { payments } = await get(desk, `/orders/${number}/payments`);
  assert.deepEqual(payments.map(({ refunded }) => refunded), [promised]);
  await page.reload();
  assert.equal(await page.locator('.receipt-side .slip-back').count(), 1);
  await desk.close();
});

shop.test('goods are exchanged at the till: what comes back pays, the shopper adds the rest', { timeout: 90_000 }, async ({ context }) => {
  const number = await place(context, [['TEA-CUP-FQ', 2]], { store: STORE });
  const desk = await at(shop, MANAGER);
  await fulfil(desk, number, { step: 'start_picking' }, { step: 'make_ready', missing: [] });
  const { fulfilments: [{ id, code }] } = await get(context, `/orders/${number}`);
  await post(desk, `/staff/fulfilments/${id}/steps`, { step: 'collect', code, by: '' });

  const staff = await desk.newPage();
  await open(staff, `/staff/orders/${number}`);
  await staff.locator('summary').filter({ hasText: '收退货' }).click();
  await stepper(staff, '.take-back', '青瓷品茗杯 粉青').click();
  const worth = minor(await staff.locator('.take-back .slip-total dd').textContent());
  await staff.getByRole('button', { name: '换货，到收银台选' }).click();
  await staff.waitForURL('**/staff/till?place=*');
  const banner = staff.getByRole('region', { name: '换货' });
  await banner.getByText(yuan(worth), { exact: true }).waitFor();
  const field = staff.getByLabel('扫码，或输入编号、名称');
  await field.fill('TEA-LJ-100');
  await field.press('Enter');
  await staff.locator('.till-line').waitFor();
  const { payable } = await readSlip(staff);
  const due = minor(payable) - worth;
  assert.ok(due > 0);
  await staff.getByRole('button', { name: `收款 ${yuan(due)}` }).click();
  await staff.locator('.till-sold').waitFor();
  const made = await get(desk, `/staff/orders/${await staff.locator('.till-sold .desk-note').textContent()}`);
  assert.deepEqual([made.exchange_of, made.status], [number, 'completed']);
  const { payments } = await get(desk, `/orders/${made.number}/payments`);
  assert.deepEqual(payments.map(({ tender, amount }) => [tender, amount]).sort(), [['cash', due], ['exchange', worth]]);
  const first = await get(desk, `/staff/orders/${number}`);
  assert.deepEqual(first.returns.map(({ kind, refund }) => [kind, refund.total]), [['exchange', worth]]);
  await desk.close();
});

shop.test('a sale at the till: scanned, paid in cash, and the goods are gone from the shelf', { size: { width: 1280, height: 800 }, hasTouch: true }, async ({ context, page, server }) => {
  await staffSignIn(context, server, MANAGER);
  await open(page, '/staff/till');
  const field = page.getByLabel('扫码，或输入编号、名称');
  await field.fill('tea-lj-50');
  await field.press('Enter');
  await page.locator('.till-line').filter({ hasText: '明前龙井' }).waitFor();
  await field.fill('中性笔');
  await field.press('Enter');
  await page.locator('.till-found').first().click();
  await page.locator('.till-found').first().click();
  await page.locator('.till-line').nth(1).waitFor();
  const slip = await readSlip(page);
  await page.locator('.till-line').filter({ hasText: '明前龙井' }).getByRole('button', { name: /多一件$/ }).click();
  await page.waitForFunction((before) => document.querySelector('.slip-total dd')?.textContent !== before, slip.payable);
  const payable = minor((await readSlip(page)).payable);
  await page.getByLabel('收到现金').fill('1');
  await page.getByText('不够，应付').waitFor();
  const sell = page.getByRole('button', { name: `收款 ${yuan(payable)}` });
  assert.ok(await sell.isDisabled());
  await page.getByLabel('收到现金').fill('500');
  await page.getByText(`找零 ${yuan(50_000 - payable)}`).waitFor();
  await sell.click();
  await page.locator('.till-sold').waitFor();
  await page.getByText(`找零 ${yuan(50_000 - payable)}`).waitFor();
  const number = await page.locator('.till-sold .desk-note').textContent();
  const order = await get(context, `/staff/orders/${number}`);
  assert.deepEqual([order.status, order.channel, order.store, order.quote.payable], ['completed', 'till', STORE, payable]);
  assert.equal(order.fulfilments[0].stage, 'collected');
  await page.getByRole('button', { name: '下一位' }).click();
  await page.getByText('扫第一件商品。').waitFor();
});

shop.test('pages of the staff are for the staff: others see the sign-in, and a role only what is its own', { expects: [403] }, async ({ context, page, server }) => {
  for (const path of ['/staff', '/staff/tasks', '/staff/people']) {
    const answer = await page.goto(path);
    assert.deepEqual([answer.status(), answer.headers()['cache-control']], [200, 'no-store'], path);
    await page.getByRole('heading', { level: 1, name: '员工登录' }).waitFor();
  }
  await staffSignIn(context, server, CLERK);
  await open(page, '/staff/people', 403);
  await page.getByRole('heading', { name: '这一页不归你的角色' }).waitFor();
});

shop.test('an administrator adds somebody and closes the account again', { expects: [422] }, async ({ context, page, server }) => {
  await staffSignIn(context, server, ADMIN);
  await open(page, '/staff/people');
  await page.getByLabel('姓名').fill('周新人');
  await page.getByLabel('手机号').fill('13911112222');
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByRole('alert').filter({ hasText: '这个角色要选一个门店或仓库' }).waitFor();
  await page.locator('#person-place').selectOption('sh-wukang');
  await page.getByRole('button', { name: '保存' }).click();
  const row = page.getByRole('row').filter({ hasText: '周新人' });
  await row.getByText('139****2222').waitFor();
  await row.getByRole('button', { name: '停用周新人的账号' }).click();
  await row.getByRole('button', { name: '确定停用' }).click();
  await row.getByText('已停用').waitFor();
  await open(page, '/staff/jobs');
  await page.getByRole('row').filter({ hasText: 'expire-orders' }).waitFor();
});
