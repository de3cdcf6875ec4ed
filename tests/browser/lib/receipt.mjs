// The receipt with reasons: what a page shows, and what it must show for a quote.
import { post } from './shop.mjs';
import { yuan } from './money.mjs';

const WORDS = {
  zh: {
    free: '赠送',
    gift: '赠品',
    points: '多得积分',
    subtotal: '商品小计',
    shipping: '运费',
    open: '结算时选择',
    saved: '共省',
    spent: (points) => `使用 ${points} 积分`,
  },
  en: {
    free: 'Free',
    gift: 'Gift',
    points: 'More points',
    subtotal: 'Items',
    shipping: 'Shipping',
    open: 'chosen at checkout',
    saved: 'You save',
    spent: (points) => `${points} points`,
  },
};

/** Reads the slip of a page: items, discounts, sums and what is to pay, all as shown. */
export async function readSlip(page) {
  const slip = page.locator('.slip:not(.slip-waiting, .slip-back)');
  await slip.waitFor();
  return slip.evaluate(read);
}

/** Runs in the page. */
function read(slip) {
  const text = (element) => element?.textContent.trim() ?? '';
  const row = (element) => {
    const name = element.querySelector('.slip-name').cloneNode(true);
    const small = name.querySelector('small');
    small?.remove();
    return { name: text(name), small: text(small), amount: text(element.querySelector('.amount')) };
  };
  const rows = (selector) => [...slip.querySelectorAll(selector)].map((item) => row(item.querySelector('.slip-head')));
  const sums = [...slip.querySelectorAll('.slip-sums .slip-head')].map(row);
  return {
    items: rows('.slip-rows:not(.slip-discounts) > li'),
    discounts: rows('.slip-discounts > li'),
    sums: Object.fromEntries(sums.map(({ name, amount }) => [name, amount])),
    payable: text(slip.querySelector('.slip-total dd')),
  };
}

/** Waits until the slip names these goods, which it does as soon as their prices have come, and reads it. */
export async function slipWith(page, names) {
  await page.waitForFunction(shows, names);
  return readSlip(page);
}

/** Runs in the page. */
function shows(names) {
  const shown = [...document.querySelectorAll('.slip-rows:not(.slip-discounts) > li:not([data-gift]) .slip-head .slip-name')];
  return JSON.stringify(shown.map((name) => name.textContent.trim())) === JSON.stringify(names);
}

/**
 * Puts one cart after the other into the page and reads its slip and the amounts of its lines, as soon as they are there. All in one go
 * within the page: hundreds of carts take seconds.
 */
export async function slipsOf(page, carts) {
  await page.evaluate(`window.read = ${read}; window.shows = ${shows};`);
  return page.evaluate(async (carts) => {
    const frame = () => new Promise(requestAnimationFrame);
    const seen = [];
    for (const { key, kept, names } of carts) {
      localStorage.setItem(key, JSON.stringify(kept));
      dispatchEvent(new StorageEvent('storage', { key }));
      const deadline = performance.now() + 10_000;
      while (!shows(names)) {
        if (performance.now() > deadline) throw new Error(`the slip never named ${names}`);
        await frame();
      }
      const lines = [...document.querySelectorAll('.line-amount .price-now')].map((line) => line.textContent);
      seen.push({ slip: read(document.querySelector('.slip')), lines });
    }
    return seen;
  }, carts);
}

/** What the slip of a quote has to show. `open` while the way of delivery can still be chosen. */
export function slipOf(quote, names, lang, open = true) {
  const words = WORDS[lang];
  const named = (sku) => ({ name: names[sku].title[lang], small: names[sku].options.map((one) => one.value[lang]).join(' · ') });
  const lines = quote.lines.map((line) => ({ ...named(line.sku), amount: yuan(line.subtotal) }));
  const gifts = quote.gifts.map((gift) => ({ ...named(gift.sku), amount: words.free }));
  const given = (one) => (quote.gifts.some((gift) => gift.promotion === one.promotion) ? words.gift : words.points);
  const discounts = quote.applied.map((one) => ({
    name: one.name[lang],
    small: one.coupon ?? '',
    amount: one.amount === 0 ? given(one) : yuan(-one.amount),
  }));
  return { items: [...lines, ...gifts], discounts, sums: sumsOf(quote, words, open), payable: yuan(quote.payable) };
}

function sumsOf(quote, words, open) {
  const sums = { [words.subtotal]: yuan(quote.subtotal) };
  if (quote.shipping) sums[words.shipping] = yuan(quote.shipping.list);
  else if (open) sums[words.shipping] = words.open;
  const saved = quote.applied.reduce((sum, one) => sum + one.amount, 0);
  if (saved > 0) sums[words.saved] = yuan(-saved);
  if (quote.points_value > 0) sums[words.spent(quote.points_spent)] = yuan(-quote.points_value);
  return sums;
}

/** Names of a quote's goods and gifts, by SKU. */
export function namesOf(context, quote) {
  return namesOfSkus(context, [...quote.lines, ...quote.gifts].map(({ sku }) => sku));
}

export async function namesOfSkus(context, skus) {
  const { items } = await post(context, '/slice', { skus });
  return Object.fromEntries(items.map((item) => [item.sku, item]));
}
