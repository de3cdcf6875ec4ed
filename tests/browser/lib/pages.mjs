// Every kind of page, with what a shopper must have done to see it. `sees` is what is there once the page is complete.
import { fillCart, hydrated, open, orderOf, post, signIn } from './shop.mjs';

const CART = [['TEA-LJ-100', 1], ['TEA-POT-120', 1], ['TEA-CUP-FQ', 2], ['PAP-PN-KRF', 3]];
const SLIP = '.slip:not(.slip-waiting)';
const MEMBER = '13800000002';

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

/** Opens one of the pages in a context, complete. */
export async function visit(context, page, server, { path, sees, status = 200, member, cart, coupons, points, hold }) {
  if (member) await signInOnce(context, server);
  const address = typeof path === 'string' ? path : await path(context);
  await open(page, address, status);
  if (cart) {
    await fillCart(page, cart, { coupons, points });
    await page.reload();
    await hydrated(page);
  }
  if (hold) await page.locator('.hold > .button').click();
  await page.locator(sees).first().waitFor();
}

async function signInOnce(context, server) {
  const { member } = await (await context.request.get('/api/v1/session')).json();
  if (!member) await signIn(context, server, MEMBER);
}
