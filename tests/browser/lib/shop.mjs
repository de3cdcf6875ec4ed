// What shoppers do, for tests that are about something else; and the API, asked with the shopper's own cookies.
import assert from 'node:assert/strict';

const CART = 'concord.cart.1';

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
 * Puts a cart into the browser's storage, as another tab of the same shopper would. Lines are `[sku, quantity]`; `given` is how many
 * lines the browser had before, as it never uses the id of a line twice.
 */
export async function fillCart(page, lines, { coupons = [], points = 0, shipping = null, given = 0 } = {}) {
  const rows = lines.map(([sku, quantity], at) => ({ id: `l${String(given + at + 1).padStart(4, '0')}`, sku, quantity }));
  const kept = { lines: rows, given: given + rows.length, coupons, points, shipping };
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
  return { lines: kept.lines, coupons: kept.coupons, points: kept.points, shipping_method: kept.shipping };
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

/** Signs in by the API; the shopper's browser gets the cookie. */
export async function signIn(context, server, phone) {
  await post(context, '/auth/code', { phone });
  return post(context, '/auth/sign-in', { phone, code: await server.lastCode(phone) });
}

/** An order as a client other than the page would send it. */
export async function orderOf(context, lines, store = 'sh-wukang') {
  const cart = { lines: lines.map(([sku, quantity], at) => ({ id: `a${at}`, sku, quantity })), coupons: [], points: 0, shipping_method: null };
  const { context: circumstances } = await post(context, '/slice', { skus: lines.map(([sku]) => sku) });
  const quote = await post(context, '/quote', { cart });
  return {
    idempotency_key: crypto.randomUUID(),
    cart,
    delivery: { kind: 'pick_up', store },
    contact: { name: '林一安', phone: '13900000009' },
    book: quote.book,
    engine: quote.engine,
    at: circumstances.at,
    quote_hash: quote.hash,
  };
}
