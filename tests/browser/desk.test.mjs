// The shop's own people at their other work: stock, members, coupons, messages, and the log of who saw what.
import assert from 'node:assert/strict';
import { get, hydrated, open, post, signIn, staffSignIn } from './lib/shop.mjs';
import { readSlip } from './lib/receipt.mjs';
import { suite } from './lib/suite.mjs';

const shop = suite();
const STORE = 'sh-wukang';
const SKU = 'TEA-LJ-50';
const MEMBER = '13800000002';
const [CLERK, MANAGER, SERVICE, MERCHANDISER, ADMIN] = ['13900000001', '13900000002', '13900000003', '13900000004', '13900000005'];

const said = (page, words) => page.getByRole('status').filter({ hasText: words }).first().waitFor();
const here = async (context, place = STORE) => (await get(context, `/staff/stock?place=${place}&sku=${SKU}`)).rows.find(({ sku }) => sku === SKU);

/** Adds units of a SKU to a list of goods. */
async function addUnits(page, sku, units) {
  // What was sent before leaves the list a moment after it is said to be done.
  await page.locator('form .units li').waitFor({ state: 'detached' });
  await page.getByLabel('件数').fill(String(units));
  const field = page.getByLabel('扫码，或输入编号');
  await field.fill(sku);
  await field.press('Enter');
  await page.locator('form .units li').filter({ hasText: sku.toUpperCase() }).waitFor();
}

shop.test('a clerk receives goods and reports damage, and both are in the list of what happened', {}, async ({ context, page, server }) => {
  await staffSignIn(context, server, CLERK);
  await open(page, '/staff/stock');
  const before = await here(context);
  await page.getByLabel('编号（开头几位）').fill(SKU.toLowerCase());
  await page.getByRole('button', { name: '查找' }).click();
  const row = page.getByRole('row').filter({ hasText: SKU });
  assert.equal(await row.locator('td').first().textContent(), String(before.on_hand));

  await page.getByRole('link', { name: '进出' }).click();
  await page.getByRole('button', { name: '记下' }).click();
  await page.getByRole('alert').filter({ hasText: '先加上货' }).waitFor();
  await addUnits(page, SKU, 5);
  await page.getByRole('button', { name: '记下' }).click();
  await said(page, '已记下');
  await page.getByLabel('做什么').selectOption('damage');
  await addUnits(page, SKU, 2);
  await page.getByLabel('说明（可不填）').fill('罐子摔瘪了');
  await page.getByRole('button', { name: '记下' }).click();
  await page.getByText(`在手 ${before.on_hand + 3}`).waitFor();
  assert.equal((await here(context)).on_hand, before.on_hand + 3);

  await page.getByRole('navigation', { name: '库存' }).getByRole('link', { name: '库存' }).click();
  await page.getByRole('link', { name: SKU }).click();
  const damage = page.getByRole('row').filter({ hasText: '报损' }).first();
  await damage.getByText('罐子摔瘪了').waitFor();
  assert.equal(await damage.locator('td.amount').first().textContent(), '-2');
});

shop.test('goods are asked for, sent, and received with one missing', { timeout: 90_000 }, async ({ context, page, server }) => {
  await staffSignIn(context, server, ADMIN);
  await open(page, `/staff/stock/transfers?place=${STORE}`);
  const before = await here(context);
  await page.getByLabel('从哪里').selectOption('central');
  await addUnits(page, SKU, 3);
  await page.getByRole('button', { name: '要货' }).click();
  await page.waitForURL('**/staff/stock/transfers/*');
  await page.getByRole('button', { name: '发货' }).click();
  await said(page, '已发出');
  await page.getByRole('button', { name: /少一件$/ }).click();
  await page.getByLabel(/不会再有了/).check();
  await page.getByRole('button', { name: '收下' }).click();
  await said(page, '已收下');
  await page.locator('.order-status[data-status=closed]').waitFor();
  const now = await here(context);
  assert.deepEqual([now.on_hand, now.in_transit], [before.on_hand + 2, before.in_transit]);
  const { rows } = await get(context, `/staff/stock/${SKU}/movements?place=${STORE}&limit=5`);
  assert.ok(rows.some(({ kind }) => kind === 'short_receipt'), 'what was missing is written down');
});

shop.test('goods of a supplier are announced, promised, and received', { timeout: 90_000 }, async ({ context, page, server }) => {
  await staffSignIn(context, server, MANAGER);
  await open(page, '/staff/stock/purchases');
  const before = await here(context);
  await page.getByRole('button', { name: '预告', exact: true }).click();
  await page.getByText('请填写供应商。').waitFor();
  await page.getByLabel('供应商', { exact: true }).fill('狮峰茶厂');
  await page.getByLabel('几天后到（可不填）').fill('3');
  await addUnits(page, SKU, 6);
  await page.getByRole('button', { name: '预告', exact: true }).click();
  await page.waitForURL('**/staff/stock/transfers/*');
  await page.getByText('狮峰茶厂').first().waitFor();
  assert.equal((await here(context)).in_transit, before.in_transit + 6);
  await page.getByRole('button', { name: '收下' }).click();
  await said(page, '已收下');
  const now = await here(context);
  assert.deepEqual([now.on_hand, now.in_transit], [before.on_hand + 6, before.in_transit]);
});

shop.test('a count finds what differs and posts it', {}, async ({ context, page, server }) => {
  await staffSignIn(context, server, MANAGER);
  const before = await here(context);
  await open(page, '/staff/stock/counts');
  await page.getByLabel('盘什么（可不填）').fill('茶架');
  await page.getByRole('button', { name: '开始盘点' }).click();
  await page.waitForURL('**/staff/stock/counts/*');
  assert.ok(await page.getByRole('button', { name: '按实数入账' }).isDisabled(), 'nothing to post yet');
  await addUnits(page, SKU, before.on_hand + 1);
  await page.getByRole('button', { name: '记下数目' }).click();
  const row = page.getByRole('row').filter({ hasText: SKU });
  assert.equal(await row.locator('td').last().textContent(), '+1');
  await page.getByRole('button', { name: '按实数入账' }).click();
  await said(page, '已入账');
  assert.equal((await here(context)).on_hand, before.on_hand + 1);
});

shop.test('what is kept of a SKU is changed from what it is', {}, async ({ context, page, server }) => {
  await staffSignIn(context, server, MANAGER);
  const before = await here(context);
  await open(page, `/staff/stock/sku/${SKU}`);
  const kept = page.getByLabel('留给到店顾客');
  await kept.waitFor();
  assert.deepEqual([await page.getByLabel('安全库存').inputValue(), await kept.inputValue()], [String(before.safety), String(before.keep_back)]);
  await kept.fill(String(before.keep_back + 2));
  await page.getByRole('button', { name: '保存' }).click();
  await said(page, '已保存');
  const now = await here(context);
  assert.deepEqual([now.safety, now.keep_back], [before.safety, before.keep_back + 2]);
});

shop.test('a strategy is tried beside the shop\'s own, and what each came to is compared', {}, async ({ context, page, server }) => {
  await staffSignIn(context, server, ADMIN);
  await open(page, '/staff/stock/sourcing');
  await page.getByLabel('试验对比').selectOption('nearby');
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByText('请给试验起个名字。').waitFor();
  await page.getByLabel('试验名称（换名重新分组）').fill('冬季');
  await page.getByLabel('占订单的百分之几').fill('30');
  await page.getByRole('button', { name: '保存' }).click();
  await said(page, '已保存，新订单照此分单');
  const { experiment } = await get(context, '/staff/stock/sourcing');
  assert.deepEqual([experiment.name, experiment.share_permille], ['冬季', 300]);
});

shop.test('a member is found, corrected with a reason, and the log says who looked', { expects: [404] }, async ({ context, page, server }) => {
  await staffSignIn(context, server, ADMIN);
  await open(page, '/staff/members');
  const field = page.getByLabel('会员码、会员号或手机号');
  await field.fill('13899999999');
  await field.press('Enter');
  await page.getByRole('alert').filter({ hasText: /./ }).waitFor();
  await field.fill(MEMBER);
  await field.press('Enter');
  await page.waitForURL('**/staff/members/*');
  const points = page.locator('.desk-figures > div').filter({ hasText: '积分' }).locator('dd');
  const before = parseInt(await points.textContent(), 10);
  await page.getByText('更正积分或储值').click();
  await page.getByLabel('积分', { exact: true }).fill('-80');
  await page.getByLabel('原因').fill('重复送分，更正');
  await page.getByRole('button', { name: '更正', exact: true }).click();
  await said(page, '已更正');
  await page.locator('.points-row').filter({ hasText: '重复送分' }).getByText('-80').waitFor();
  assert.equal(parseInt(await points.textContent(), 10), before - 80);

  await page.getByRole('navigation', { name: '工作台' }).getByRole('link', { name: '查看记录' }).click();
  await page.getByRole('row').filter({ hasText: '查找' }).first().waitFor();
});

shop.test('service sees members and corrects nothing', { expects: [403] }, async ({ context, page, server }) => {
  await staffSignIn(context, server, SERVICE);
  await open(page, '/staff/members');
  await page.getByLabel('会员码、会员号或手机号').fill(MEMBER);
  await page.getByLabel('会员码、会员号或手机号').press('Enter');
  await page.locator('.desk-figures').waitFor();
  assert.equal(await page.getByText('更正积分或储值').count(), 0);
  await open(page, '/staff/coupons', 403);
});

shop.test('service sees who somebody is for a reason, hands over a copy of the data, and forgets who asks for it', { timeout: 90_000, expects: [404] }, async ({ context, page, server, shopper }) => {
  const phone = '13700000021';
  const { context: telephone } = await shopper();
  await signIn(telephone, server, phone);
  await telephone.close();
  await staffSignIn(context, server, SERVICE);
  await open(page, '/staff/members');
  await page.getByLabel('会员码、会员号或手机号').fill(phone);
  await page.getByLabel('会员码、会员号或手机号').press('Enter');
  await page.locator('.desk-figures').waitFor();
  await page.getByText('137****0021').waitFor();
  const fold = (title) => page.locator('details').filter({ hasText: title });
  await page.getByText('看完整的姓名、电话和地址').click();
  await page.getByRole('button', { name: '显示', exact: true }).click();
  await page.getByText('请写一句原因。').waitFor();
  await fold('看完整的姓名').getByLabel('为什么要看或要做').fill('给本人回电话');
  await page.getByRole('button', { name: '显示', exact: true }).click();
  await page.getByRole('link', { name: `+86${phone}` }).waitFor();

  await page.getByText('给本人一份资料副本').click();
  await fold('给本人一份').getByLabel('为什么要看或要做').fill('本人来电要求');
  await page.getByRole('button', { name: '生成文件' }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '下载文件' }).click()]);
  const copy = JSON.parse((await (await download.createReadStream()).toArray()).join(''));
  assert.equal(copy.profile.phone, `+86${phone}`);
  assert.ok(copy.accesses.some(({ action, reason }) => action === 'unmask' && reason === '给本人回电话'), 'the copy says who looked');

  await page.getByText('应本人要求删除资料').click();
  await fold('应本人要求').getByLabel('为什么要看或要做').fill('本人来电要求');
  await page.getByRole('button', { name: '永久删除' }).click();
  await said(page, '已删除');
  await page.waitForURL('**/staff/members');
  await post(context, '/staff/members/find', { text: phone }, 404);
});

shop.test('a batch of codes is made, exported and revoked', {}, async ({ context, page, server }) => {
  await staffSignIn(context, server, MERCHANDISER);
  await open(page, '/staff/coupons');
  await page.getByLabel('促销的优惠码').fill('tea15');
  await page.getByLabel('码的开头（3–10 位）').fill('SPR26');
  await page.getByLabel('多少个码').fill('three');
  await page.getByRole('button', { name: '做出来' }).click();
  await page.getByText('请填写数字。').waitFor();
  await page.getByLabel('多少个码').fill('3');
  await page.getByRole('button', { name: '做出来' }).click();
  await said(page, '已做好');
  const row = page.getByRole('row').filter({ hasText: 'SPR26' });
  const [download] = await Promise.all([page.waitForEvent('download'), row.getByRole('link', { name: /导出/ }).click()]);
  const codes = (await (await download.createReadStream()).toArray()).join('').trim().split('\n');
  assert.equal(codes.filter((code) => code.startsWith('SPR26')).length, 3);
  await row.getByRole('button', { name: /^收回/ }).click();
  await row.getByRole('button', { name: '确定收回' }).click();
  await row.getByText('已收回').waitFor();
});

shop.test('messages are listed by where they stand', {}, async ({ context, page, server }) => {
  await staffSignIn(context, server, ADMIN);
  await open(page, '/staff/messages');
  await page.getByText('没有这样的消息').waitFor();
  await page.getByRole('navigation', { name: '消息' }).getByRole('link', { name: '已发出' }).click();
  await page.waitForURL('**state=sent');
  await page.locator('.desk-empty, tbody tr').first().waitFor();
});

shop.test('a sale to a member: their prices, a code, the terminal, and a gift card is sold', { size: { width: 1280, height: 800 }, timeout: 90_000 }, async ({ context, page, server, shopper }) => {
  const { context: telephone } = await shopper();
  await signIn(telephone, server, MEMBER);
  await staffSignIn(context, server, MANAGER);
  await open(page, '/staff/till');
  await hydrated(page);
  const field = page.getByLabel('扫码，或输入编号、名称');
  await field.fill('TEA-LJ-100');
  await field.press('Enter');
  await page.locator('.till-line').waitFor();
  const before = (await readSlip(page)).payable;
  await page.getByLabel('会员码、会员号或手机号').fill(MEMBER);
  await page.getByLabel('会员码、会员号或手机号').press('Enter');
  await page.locator('.till-who').getByText('138****0002').waitFor();
  await page.waitForFunction((text) => document.querySelector('.slip-total dd')?.textContent !== text, before);
  // Whoever knows a telephone number spends nothing of its member's.
  await page.getByText('要用积分或储值，请扫顾客手机上的会员码。').waitFor();
  assert.equal(await page.getByLabel('使用积分').count(), 0);
  await field.fill((await get(telephone, '/account/code')).code);
  await field.press('Enter');
  await page.getByLabel('使用积分').fill('100');
  await page.getByLabel('使用积分').press('Tab');
  await page.getByLabel('优惠码').fill('LUCKY10');
  await page.getByLabel('优惠码').press('Enter');
  await page.locator('.till-codes li').filter({ hasText: 'LUCKY10' }).waitFor();
  await page.getByRole('radio', { name: '刷卡机' }).check();
  await page.getByLabel(/刷卡凭证号/).fill('T-0042');
  await page.getByRole('button', { name: /^收款 ¥/ }).click();
  await page.locator('.till-sold').getByText('已刷卡').waitFor();
  const number = await page.locator('.till-sold .desk-note').textContent();
  const { id } = await post(context, '/staff/members/find', { text: MEMBER });
  const ledger = await get(context, `/staff/members/${id}/ledger`);
  assert.ok(ledger.points.some(({ points, order: of }) => points === -100 && of === number), 'the points went with this order');

  await page.getByRole('button', { name: '下一位' }).click();
  await page.getByText('卖礼品卡').click();
  await page.getByLabel('金额').fill('x');
  await page.getByRole('button', { name: '收款并出卡' }).click();
  await page.getByText('请填写金额').waitFor();
  await page.getByLabel('金额').fill('88');
  await page.getByRole('button', { name: '收款并出卡' }).click();
  const code = await page.locator('.gift-slip-code').textContent();
  const worth = await post(context, '/gift-cards/worth', { code });
  assert.deepEqual([worth.balance, worth.ending], [8_800, code.slice(-4)]);
  await telephone.close();
});
