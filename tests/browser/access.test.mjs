// Everyone can shop: axe finds nothing on any page, at either size, in either language, and the keyboard is enough.
import assert from 'node:assert/strict';
import { DESKTOP, KIOSK, PHONE, unexpected } from './lib/browser.mjs';
import { findings } from './lib/axe.mjs';
import { GUEST_PAGES, KIOSK_PAGES, MEMBER_PAGES, ORDER_PAGES, STAFF_PAGES, visit } from './lib/pages.mjs';
import { suite } from './lib/suite.mjs';
import { keptCart, open } from './lib/shop.mjs';

const shop = suite();

const WEB = [...GUEST_PAGES, ...ORDER_PAGES, ...MEMBER_PAGES];
const LIGHT = 'light';
const DARK = 'dark';
// Each language is seen in either size, and in the light as well as in the dark.
const ROUNDS = [
  ['in Chinese', 'zh-CN', WEB, [[DESKTOP, DARK], [PHONE, LIGHT]]],
  ['in English', 'en', WEB, [[DESKTOP, LIGHT], [PHONE, DARK]]],
  ['for the staff, in Chinese', 'zh-CN', STAFF_PAGES, [[DESKTOP, LIGHT], [PHONE, DARK]]],
  ['for the staff, in English', 'en', STAFF_PAGES, [[PHONE, LIGHT], [DESKTOP, DARK]]],
  ['on a kiosk', 'zh-CN', KIOSK_PAGES, [[KIOSK, LIGHT]]],
];

for (const [where, lang, pages, looks] of ROUNDS) {
  // One shopper for all pages of a round. What is found is gathered: one fault of the head is one line, not one on every page.
  shop.test(`axe finds nothing ${where}`, { lang, size: looks[0][0], timeout: 180_000, expects: [404] }, async ({ context, server }) => {
    const faults = new Map();
    for (const one of pages) {
      const page = await context.newPage();
      await page.addInitScript((keep) => keep || localStorage.clear(), Boolean(one.cart));
      await visit(context, page, server, one);
      for (const [size, colorScheme] of looks) {
        await page.setViewportSize(size);
        await page.emulateMedia({ colorScheme });
        const found = await findings(page);
        if (!await fits(page)) found.push('something is wider than the window');
        found.forEach((fault) => faults.set(fault, [...(faults.get(fault) ?? []), `${one.name} ${size.width} ${colorScheme}`]));
      }
      await page.close();
    }
    assert.equal([...faults].map(([fault, names]) => `${names}: ${fault}`).join('\n'), '');
  });
}

const fits = (page) => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);

/** Presses Tab until the focus is on what `selector` names; fails where it never gets there. */
async function tabTo(page, selector, key = 'Tab') {
  for (let presses = 0; presses < 120; presses += 1) {
    await page.keyboard.press(key);
    const there = await page.evaluate((selector) => document.activeElement?.matches(selector), selector);
    if (there) return presses + 1;
  }
  throw new Error(`120 times ${key} and the focus was never on ${selector}`);
}

/** Whether the focus can be seen: its element has an outline or a shadow of its own. */
const focusShows = (page) => page.evaluate(() => {
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(document.activeElement);
  return (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
});

shop.test('the keyboard alone leads from a product to the checkout', {}, async ({ page }) => {
  await open(page, '/p/she-inkstone');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('href')), '#main', 'the first stop skips the head');
  await tabTo(page, '.buy-add');
  assert.ok(await focusShows(page));
  await page.keyboard.press('Enter');
  await page.getByRole('status').filter({ hasText: '已加入购物车' }).waitFor();
  assert.equal((await keptCart(page)).lines[0].sku, 'PAP-IS-01');

  await tabTo(page, '.head a[href="/cart"]', 'Shift+Tab');
  assert.ok(await focusShows(page));
  await page.keyboard.press('Enter');
  await page.waitForURL('**/cart');
  await page.locator('.slip:not(.slip-waiting)').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'main', 'reading goes on at the new page');

  await tabTo(page, '.stepper button:last-child');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector('.stepper input').value === '2');
  assert.ok(await page.evaluate(() => document.activeElement.matches('.stepper button:last-child')), 'the focus stays');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector('.stepper input').value === '1');
  await tabTo(page, '.main-action a');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/checkout');
  await page.getByRole('heading', { level: 1 }).waitFor();
});

shop.test('walking through the shop by links leaves the console silent', {}, async ({ page }) => {
  await open(page, '/');
  // A page that is loaded anew would lose this mark.
  await page.evaluate(() => { window.sameDocument = true; });
  const walk = async (link, address) => {
    await link.click();
    await page.waitForURL(address);
    await page.locator('main h1').first().waitFor();
  };
  await walk(page.locator('.tile').first(), '**/c/tea');
  await walk(page.getByRole('link', { name: '价格从低到高' }), /sort=price_up/);
  await walk(page.locator('.card-link').first(), '**/p/*');
  await walk(page.locator('.related .card-link, .block .card-link').first(), '**/p/*');
  await page.goBack();
  await page.goBack();
  await page.locator('.catalog-count').waitFor();
  await walk(page.locator('.head a[href="/cart"]'), '**/cart');
  await walk(page.locator('.head a[href="/sign-in"]'), '**/sign-in');
  await page.getByRole('searchbox').fill('茶');
  await page.keyboard.press('Enter');
  await page.waitForURL(/q=%E8%8C%B6/);
  await page.locator('.card').first().waitFor();
  assert.ok(await page.evaluate(() => window.sameDocument), 'the same document all the way');
});

shop.test('whatever a page complains of is heard', {}, async () => {
  const { context, complaints } = await shop.shopper();
  const page = await context.newPage();
  await open(page, '/');
  assert.deepEqual(complaints, []);
  await page.evaluate(() => {
    console.error('said');
    console.warn('warned');
    setTimeout(() => { throw new Error('thrown'); });
    document.head.append(Object.assign(document.createElement('script'), { textContent: 'window.inline = 1' }));
    return fetch('/api/v1/products/no-such');
  });
  await page.waitForTimeout(100);
  const texts = unexpected(complaints).map(({ text }) => text).join('\n');
  for (const part of ['said', 'warned', 'Error: thrown', 'content policy: script-src-elem', 'status of 404']) {
    assert.ok(texts.includes(part), `${part} in ${texts}`);
  }
  assert.equal(await page.evaluate(() => window.inline), undefined, 'the content policy holds');
  await context.close();
});
