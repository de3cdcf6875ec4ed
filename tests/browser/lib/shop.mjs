// What shoppers do, for tests that are about something else; and the API, asked with the shopper's own cookies.
import assert from 'node:assert/strict';

/** Where the browser keeps the cart. */
export const CART = 'concord.cart.1';

/** Opens an address and waits until the browser's part has taken over the page. */
export async function open(page, path, status = 200) {
  const answer = await page.goto(path);
  assert.equal(answer.status(), status, `${path} answers`);
  await hydrated(page);
  return answer;
}

export function hydrated(page) {
  return page.locator('html[data-ready]').waitFor({ state: 'attached' });
}

/**
 * A cart as the browser keeps it. Lines are `[sku, quantity]`; `given` is how many lines the browser had before, as it never uses the
 * id of a line twice.
 */
export function keptOf(lines, { coupons = [], points = 0, shipping = null, given = 0 } = {}) {
  const rows = lines.map(([sku, quantity], at) => ({ id: `l${String(given + at + 1).padStart(4, '0')}`, sku, quantity }));
  return { lines: rows, given: given + rows.length, coupons, points, shipping };
}

/** Puts a cart into the browser's storage, as another tab of the same shopper would. */
export async function fillCart(page, lines, options) {
  const kept = keptOf(lines, options);
  await page.evaluate(([key, text]) => {
    localStorage.setItem(key, text);
    dispatchEvent(new StorageEvent('storage', { key }));
  }, [CART, JSON.stringify(kept)]);
  return kept;
}

/** What the browser keeps of the cart; null where there is none. */
export function keptCart(page) {
  return page.evaluate((key) => JSON.parse(localStorage.getItem(key)), CART);
}

/** The cart that the browser keeps, as the API reads it. */
export function cartOf(kept) {
  const { lines, coupons, points, shipping: shipping_method, tender = null, gifts = '' } = kept;
  return { lines, coupons, points, shipping_method, tender, gifts: giftsOf(gifts) };
}

/** The chosen gifts, of which the browser keeps a line each. */
export function giftsOf(text) {
  return text.split('\n').filter(Boolean).map((line) => line.split('\t')).map(([promotion, sku]) => ({ promotion, sku }));
}

/** Asks the API as this shopper; `status` is what must come back. */
export async function post(context, path, data, status = 200) {
  const answer = await context.request.post(`/api/v1${path}`, { data });
  assert.equal(answer.status(), status, `POST ${path}: ${await answer.text()}`);
  return answer.json();
}

export async function get(context, path, status = 200) {
  const answer = await context.request.get(`/api/v1${path}`);
  assert.equal(answer.status(), status, `GET ${path}: ${await answer.text()}`);
  return answer.json();
}

/** What the server says that the kept cart costs this shopper. */
export function apiQuote(context, kept, place = {}) {
  return post(context, '/quote', { cart: cartOf(kept), ...place });
}

/** All products with all variants. */
export async function catalogue(context) {
  const found = await get(context, '/products?size=100');
  assert.equal(found.total, found.items.length, 'one page holds the demo catalogue');
  return Promise.all(found.items.map((item) => get(context, `/products/${item.handle}`)));
}

/** Signs in by the API; the shopper's browser gets the cookie. A telephone gets one code a minute, so its session is kept for the file. */
export async function signIn(context, server, phone) {
  server.sessions ??= new Map();
  if (server.sessions.has(phone)) return context.addCookies([server.sessions.get(phone)]);
  await post(context, '/auth/code', { phone });
  await post(context, '/auth/sign-in', { phone, code: await server.lastCode(phone) });
  const cookies = await context.cookies();
  return server.sessions.set(phone, cookies.find(({ name }) => name === 'session'));
}

/** Signs one of the shop's own people in by the API, as [signIn] does shoppers. */
export async function staffSignIn(context, server, phone) {
  server.sessions ??= new Map();
  if (server.sessions.has(phone)) return context.addCookies([server.sessions.get(phone)]);
  await post(context, '/auth/code', { phone });
  await post(context, '/staff/sign-in', { phone, code: await server.lastCode(phone) });
  const cookies = await context.cookies();
  return server.sessions.set(phone, cookies.find(({ name }) => name === 'session'));
}

/** Takes an order's goods through steps, as the people at their place do; returns the order as those see it. */
export async function fulfil(context, number, ...steps) {
  const { fulfilments } = await get(context, `/staff/orders/${number}`);
  for (const { id } of fulfilments) {
    for (const step of steps) await post(context, `/staff/fulfilments/${id}/steps`, step);
  }
  return get(context, `/staff/orders/${number}`);
}

/** Fills in who is told about the order. */
export async function fillContact(page, { name = '林一安', phone = '13900000009' } = {}) {
  await page.locator('[name="contact.name"]').fill(name);
  await page.locator('[name="contact.phone"]').fill(phone);
}

/** Fills in where the order is sent. */
export async function fillAddress(page) {
  const address = { province: '上海市', city: '上海市', district: '徐汇区', street: '武康路 1 号' };
  for (const [part, text] of Object.entries(address)) await page.locator(`[name="delivery.address.${part}"]`).fill(text);
}

export const placeButton = (page) => page.locator('.main-action button[type=submit]');

/** Waits for the page of an order and returns its number. */
export async function placed(page) {
  await page.waitForURL('**/orders/*');
  await page.locator('.order-number dd').waitFor();
  const number = await page.locator('.order-number dd').textContent();
  assert.ok(page.url().endsWith(`/orders/${number}`), `${number} at ${page.url()}`);
  return number;
}

/** An order as a client other than the page would send it; without a store it is sent. */
export async function orderOf(context, lines, { store = null, coupons = [] } = {}) {
  const rows = lines.map(([sku, quantity], at) => ({ id: `a${at}`, sku, quantity }));
  const cart = { lines: rows, coupons, points: 0, shipping_method: store ? null : 'standard' };
  const { context: circumstances } = await post(context, '/slice', { skus: lines.map(([sku]) => sku), coupons });
  const quote = await post(context, '/quote', { cart });
  const address = { province: '浙江省', city: '杭州市', district: '西湖区', street: '北山街 1 号' };
  return {
    idempotency_key: crypto.randomUUID(),
    cart,
    delivery: store ? { kind: 'pick_up', store } : { kind: 'ship', address },
    contact: { name: '林一安', phone: '13900000009' },
    book: quote.book,
    engine: quote.engine,
    at: circumstances.at,
    quote_hash: quote.hash,
  };
}
