// Everyone can shop: axe finds nothing on any page, at either size, in either language, and the keyboard is enough.
import assert from 'node:assert/strict';
import { DESKTOP, KIOSK, PHONE } from './lib/browser.mjs';
import { findings } from './lib/axe.mjs';
import { GUEST_PAGES, KIOSK_PAGES, MEMBER_PAGES, visit } from './lib/pages.mjs';
import { suite } from './lib/suite.mjs';
import { keptCart, open } from './lib/shop.mjs';

const shop = suite();

const WEB = [...GUEST_PAGES, ...MEMBER_PAGES];
const ROUNDS = [
  ['a phone in Chinese', WEB, { size: PHONE, lang: 'zh-CN' }],
  ['a phone in English, in the dark', WEB, { size: PHONE, lang: 'en', colorScheme: 'dark' }],
  ['a desktop in Chinese, in the dark', WEB, { size: DESKTOP, lang: 'zh-CN', colorScheme: 'dark' }],
  ['a desktop in English', WEB, { size: DESKTOP, lang: 'en' }],
  ['a kiosk', KIOSK_PAGES, { size: KIOSK, lang: 'zh-CN' }],
];

for (const [where, pages, options] of ROUNDS) {
  // One shopper for all pages of a round. What is found is gathered: one fault of the head is one line, not one on every page.
  shop.test(`axe finds nothing on ${where}`, { ...options, timeout: 180_000, expects: [404] }, async ({ context, server }) => {
    const faults = new Map();
    for (const one of pages) {
      const page = await context.newPage();
      await page.addInitScript((keep) => keep || localStorage.clear(), Boolean(one.cart));
      await visit(context, page, server, one);
      const found = await findings(page);
      if (!await fits(page)) found.push('something is wider than the window');
      found.forEach((fault) => faults.set(fault, [...(faults.get(fault) ?? []), one.name]));
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
