// Every kind of page, with what a shopper must have done to see it. `sees` is what is there once the page is complete.
import { shopper } from './browser.mjs';
import { fillCart, fulfil, get, hydrated, open, orderOf, post, signIn, staffSignIn } from './shop.mjs';

const CART = [['TEA-LJ-100', 1], ['TEA-POT-120', 1], ['TEA-CUP-FQ', 2], ['PAP-PN-KRF', 3]];
const SLIP = '.slip:not(.slip-waiting)';
const MEMBER = '13800000002';
const ADMIN = '13900000005';

/** Pages of the web shop for guests. */
export const GUEST_PAGES = [
  { name: 'home', path: '/', sees: '.card' },
  { name: 'department', path: '/c/tea', sees: '.card' },
  { name: 'department-narrowed', path: '/c/tea?tag=%E7%BB%BF%E8%8C%B6&stock=1&sort=price_up', sees: '.card' },
  { name: 'search', path: '/search?q=%E8%8C%B6', sees: '.card' },
  { name: 'search-nothing', path: '/search?q=zzzz', sees: '.empty' },
  { name: 'product', path: '/p/longjing-tea-tin', sees: '.buy-price' },
  { name: 'product-in-store', path: '/p/merino-wool-socks?s=sh-wukang', sees: '.here' },
  { name: 'product-sold-out', path: '/p/temple-incense-sticks?sku=BOD-IN-AGA', sees: '.buy-price' },
  { name: 'cart-empty', path: '/cart', sees: '.empty' },
  { name: 'cart', path: '/cart', sees: SLIP, cart: CART, coupons: ['TEA15', 'SPRING25'] },
  { name: 'product-beside-cart', path: '/p/celadon-teacup', sees: '.one-more span', cart: CART },
  { name: 'cart-gift-held', path: '/cart', sees: '.hold-word', cart: [['PAP-FP-F', 1]], hold: true },
  { name: 'checkout', path: '/checkout', sees: SLIP, cart: CART },
  { name: 'sign-in', path: '/sign-in', sees: 'main form' },
  { name: 'order', path: orderPath, sees: SLIP },
  { name: 'labels', path: '/labels?store=sh-wukang&category=tea', sees: '.label' },
  { name: 'lost', path: '/no-such-page', status: 404, sees: '.empty' },
];

/** Pages for members. */
export const MEMBER_PAGES = [
  { name: 'account', path: '/account', sees: '.account-head', member: true },
  { name: 'cart-member', path: '/cart', sees: SLIP, member: true, cart: CART, points: 500 },
];

/** Pages of the shop's own people, who are signed in from the first on. */
export const STAFF_PAGES = [
  { name: 'staff-sign-in', path: '/staff', sees: 'main form' },
  { name: 'staff-start', path: '/staff', sees: '.desk-tile', staff: ADMIN },
  { name: 'staff-tasks', path: tasksPath, sees: '.task', staff: ADMIN, press: '缺货' },
  { name: 'staff-tasks-none', path: '/staff/tasks?place=sh-daxue&tab=send', sees: '.desk-empty', staff: ADMIN },
  { name: 'staff-pick-up', path: '/staff/pick-up', sees: '.counter-form', staff: ADMIN },
  { name: 'staff-till-empty', path: '/staff/till?place=sh-wukang', sees: '.till-none', staff: ADMIN },
  { name: 'staff-till', path: '/staff/till?place=sh-wukang', sees: SLIP, staff: ADMIN, scan: ['TEA-LJ-50', 'TEA-CUP-FQ', 'PAP-GP-BLK'] },
  { name: 'staff-orders', path: '/staff/orders', sees: '.found-row', staff: ADMIN },
  { name: 'staff-order', path: '/staff/orders', sees: '.found-row', staff: ADMIN, then: '/staff/orders/' },
  { name: 'staff-stock', path: '/staff/stock?place=sh-wukang', sees: 'tbody tr', staff: ADMIN },
  { name: 'staff-stock-sku', path: '/staff/stock/sku/TEA-LJ-50?place=sh-wukang', sees: 'tbody tr', staff: ADMIN },
  { name: 'staff-stock-purchases', path: '/staff/stock/purchases?place=sh-wukang', sees: '.units-field', staff: ADMIN },
  { name: 'staff-stock-sourcing', path: '/staff/stock/sourcing', sees: '#sourcing-holds', staff: ADMIN },
  { name: 'staff-stock-moves', path: '/staff/stock/moves?place=sh-wukang', sees: '.units-field', staff: ADMIN },
  { name: 'staff-transfers', path: transferPath, sees: '.choose-row', staff: ADMIN },
  { name: 'staff-transfer-list', path: '/staff/stock/transfers?place=sh-wukang', sees: '.found-row', staff: ADMIN },
  { name: 'staff-count', path: countPath, sees: 'tbody tr', staff: ADMIN },
  { name: 'staff-counts', path: '/staff/stock/counts?place=sh-wukang', sees: '.found-row', staff: ADMIN },
  { name: 'staff-members', path: '/staff/members', sees: '.counter-form', staff: ADMIN },
  { name: 'staff-member', path: memberPath, sees: '.points-row', staff: ADMIN, press: '更正积分或储值' },
  { name: 'staff-coupons', path: couponsPath, sees: 'tbody tr', staff: ADMIN },
  { name: 'staff-messages', path: '/staff/messages', sees: '.desk-empty', staff: ADMIN },
  { name: 'staff-audit', path: '/staff/audit', sees: 'tbody tr', staff: ADMIN },
  { name: 'staff-people', path: '/staff/people', sees: 'tbody tr', staff: ADMIN },
  { name: 'staff-jobs', path: '/staff/jobs', sees: 'tbody tr', staff: ADMIN },
];

/** Orders in every state a shopper sees, for guests. */
export const ORDER_PAGES = [
  { name: 'order-ready', path: readyPath, sees: '.pick-up-qr' },
  { name: 'order-back', path: backPath, sees: '.slip-back' },
  { name: 'order-to-pay', path: unpaidPath, sees: '.payment[data-state=open]' },
  { name: 'order-pay-failed', path: refusedPath, sees: '.order-pay-failed' },
  { name: 'order-changes', path: orderPath, sees: '.fold', press: '取消订单' },
];

/** Pages of a kiosk; the first one makes the browser a kiosk. */
export const KIOSK_PAGES = [
  { name: 'kiosk-attract', path: '/kiosk/sh-wukang', sees: 'main h1' },
  { name: 'kiosk-home', path: '/', sees: '.card' },
  { name: 'kiosk-product', path: '/p/window-blend-coffee-bag', sees: '.buy-price' },
  { name: 'kiosk-cart', path: '/cart', sees: SLIP, cart: [['COF-NC-250-B', 2]] },
  { name: 'kiosk-product-beside-cart', path: '/p/celadon-teacup', sees: '.one-more span', cart: [['TEA-POT-120', 1], ['TEA-CUP-MZ', 1]] },
  { name: 'kiosk-cart-gift-held', path: '/cart', sees: '.hold-word', cart: [['PAP-FP-F', 1]], hold: true },
  { name: 'kiosk-checkout', path: '/checkout', sees: SLIP, cart: [['COF-NC-250-B', 2]] },
];

async function orderPath(context) {
  const { number } = await post(context, '/orders', await orderOf(context, CART), 201);
  return `/orders/${number}`;
}

/** A clerk's requests, in a browser context of their own. */
async function asStaff(context, server, work) {
  const { context: desk } = await shopper(context.browser(), server.base);
  await staffSignIn(desk, server, ADMIN);
  try {
    return await work(desk);
  } finally {
    await desk.close();
  }
}

/** An order that waits in the store. */
async function readyPath(context, server) {
  const { number } = await post(context, '/orders', await orderOf(context, [['TEA-LJ-50', 1]], { store: 'sh-wukang' }), 201);
  await asStaff(context, server, (desk) => fulfil(desk, number, { step: 'start_picking' }, { step: 'make_ready', missing: [] }));
  return `/orders/${number}`;
}

/** An order of which one of two cups came back. */
async function backPath(context, server) {
  const path = await readyPath(context, server);
  const number = path.split('/').at(-1);
  const { fulfilments: [{ id, code }] } = await get(context, `/orders/${number}`);
  const { quote } = await get(context, `/orders/${number}`);
  await asStaff(context, server, async (desk) => {
    await post(desk, `/staff/fulfilments/${id}/steps`, { step: 'collect', code });
    const goods = [{ line: quote.lines[0].id, units: 1 }];
    await post(desk, `/staff/orders/${number}/returns`, { idempotency_key: crypto.randomUUID(), place: 'sh-wukang', goods });
  });
  return path;
}

/** An order that waits for its money. */
async function unpaidPath(context) {
  const order = { ...await orderOf(context, [['TEA-LJ-50', 1]]), payments: [{ tender: 'wechat_pay' }] };
  const { number } = await post(context, '/orders', order, 201);
  return `/orders/${number}`;
}

/** One whose payment was refused. */
async function refusedPath(context) {
  const path = await unpaidPath(context);
  const { payments: [{ id }] } = await get(context, `${path}/payments`);
  await post(context, `/payments/${id}/start`, {});
  await context.request.post(`/demo-pay/${id}`, { form: { answer: 'refuse' } });
  return path;
}

/** Goods under way to a store, to be received. */
async function transferPath(context) {
  const lines = [{ sku: 'TEA-LJ-50', quantity: 3 }, { sku: 'PAP-GP-BLK', quantity: 2 }];
  const request = { idempotency_key: crypto.randomUUID(), origin: 'central', destination: 'sh-wukang', lines, note: '周末活动' };
  const { id } = await post(context, '/staff/stock/transfers', request);
  await post(context, `/staff/stock/consignments/${id}/ship`, { idempotency_key: crypto.randomUUID() });
  return `/staff/stock/transfers/${id}?place=sh-wukang`;
}

/** A count that found one more than was thought. */
async function countPath(context) {
  const { id } = await post(context, '/staff/stock/counts', { idempotency_key: crypto.randomUUID(), place: 'sh-wukang', note: '茶架' });
  await context.request.put(`/api/v1/staff/stock/counts/${id}/lines`, { data: { lines: [{ sku: 'TEA-LJ-50', quantity: 9 }] } });
  return `/staff/stock/counts/${id}?place=sh-wukang`;
}

/** A member who stored money and whose points were corrected. */
async function memberPath(context) {
  const { id } = await post(context, '/staff/members/find', { text: MEMBER });
  await post(context, `/staff/members/${id}/top-up`, { idempotency_key: crypto.randomUUID(), amount: 20_000, tender: 'cash' });
  await post(context, `/staff/members/${id}/adjust`, { idempotency_key: crypto.randomUUID(), points: 50, value: 0, reason: '活动补分' });
  return `/staff/members/${id}`;
}

/** A batch of coupons; another language finds the one that was made before. */
async function couponsPath(context) {
  const batches = await get(context, '/staff/coupon-batches');
  if (batches.length === 0) {
    const batch = { idempotency_key: crypto.randomUUID(), coupon: 'LUCKY10', prefix: 'LUCKY26', codes: 500, note: '地铁站传单' };
    await post(context, '/staff/coupon-batches', batch);
  }
  return '/staff/coupons';
}

/** A place with something to gather, half of it begun. */
async function tasksPath(context, server) {
  const { context: guest } = await shopper(context.browser(), server.base);
  for (const lines of [[['TEA-LJ-50', 1], ['PAP-GP-BLK', 1]], [['TEA-LJ-50', 2]]]) {
    const { number } = await post(guest, '/orders', await orderOf(guest, lines, { store: 'sh-wukang' }), 201);
    if (lines.length > 1) await fulfil(context, number, { step: 'start_picking' });
  }
  await guest.close();
  return '/staff/tasks?place=sh-wukang';
}

/** Opens one of the pages in a context, complete. */
export async function visit(context, page, server, { path, sees, status = 200, member, staff, cart, coupons, points, hold, press, then, scan }) {
  if (staff) await staffSignIn(context, server, staff);
  if (member) await signInOnce(context, server);
  const address = typeof path === 'string' ? path : await path(context, server);
  await open(page, address, status);
  if (cart) {
    await fillCart(page, cart, { coupons, points });
    await page.reload();
    await hydrated(page);
  }
  if (hold) await page.locator('.hold > .button').click();
  for (const code of scan ?? []) {
    await page.locator('#till-code').fill(code);
    await page.locator('#till-code').press('Enter');
    await page.waitForFunction((value) => document.querySelector('#till-code').value !== value, code);
  }
  if (then) {
    await page.locator('.found-row a').first().click();
    await page.waitForURL(`**${then}*`);
    await page.locator('.slip').first().waitFor();
    return;
  }
  if (press) await pressFirst(page, press);
  await page.locator(sees).first().waitFor();
}

/** Presses what has these words, in either language of the tests. */
async function pressFirst(page, words) {
  const english = { 缺货: 'Something is missing', 退货试算: 'Bring something back', 取消订单: 'Cancel the order', 更正积分或储值: 'Correct points or stored value' }[words];
  await page.locator('summary, button').filter({ hasText: new RegExp(`^(${words}|${english})$`) }).first().click();
}

async function signInOnce(context, server) {
  const { member } = await (await context.request.get('/api/v1/session')).json();
  if (!member) await signIn(context, server, MEMBER);
}
