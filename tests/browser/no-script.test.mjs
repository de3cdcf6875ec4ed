// Without JavaScript: everything up to the cart is readable, and lists are narrowed by links and forms alone.
import assert from 'node:assert/strict';
import { suite } from './lib/suite.mjs';
import { get } from './lib/shop.mjs';
import { minor, yuan } from './lib/money.mjs';

const shop = suite();
const plain = { javaScriptEnabled: false };

const prices = (page) => page.locator('.catalog-found .card .price-now').allTextContents();
const titles = (page) => page.locator('.catalog-found .card-title').allTextContents();

shop.test('the first page shows departments, offers and products with prices', plain, async ({ context, page }) => {
  await page.goto('/');
  const { categories, tagline } = await get(context, '/shop');
  assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), tagline.zh);
  for (const { name, blurb } of categories) {
    await page.locator('.tile').filter({ hasText: name.zh }).filter({ hasText: blurb.zh }).waitFor();
  }
  assert.equal(await page.locator('.card').count(), 8);
  for (const text of await page.locator('.card .price-now').allTextContents()) assert.ok(minor(text) > 0, text);
  await page.getByRole('link', { name: categories[0].name.zh, exact: true }).click();
  await page.waitForURL(`**/c/${categories[0].slug}`);
  assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), categories[0].name.zh);
});

shop.test('a department is sorted and narrowed by links and a form', plain, async ({ context, page }) => {
  await page.goto('/c/tea');
  const all = await get(context, '/products?category=tea&size=100');
  assert.match(await page.locator('.catalog-count').textContent(), new RegExp(`^${all.total} `));

  await page.getByRole('link', { name: '价格从低到高' }).click();
  await page.waitForURL(/sort=price_up/);
  const up = (await prices(page)).map(minor);
  assert.deepEqual(up, [...up].sort((a, b) => a - b));
  assert.ok(new Set(up).size > 1);

  await page.getByLabel('最低价（元）').fill('50');
  await page.getByLabel('最高价（元）').fill('99.90');
  await page.getByRole('button', { name: '确定' }).click();
  await page.waitForURL(/min=50/);
  assert.match(page.url(), /sort=price_up/, 'the form keeps the order');
  const narrowed = await get(context, '/products?category=tea&min_price=5000&max_price=9990&size=100');
  assert.ok(narrowed.total > 0 && narrowed.total < all.total);
  assert.equal(await page.locator('.card').count(), narrowed.total);

  const filters = page.getByRole('navigation', { name: '筛选' });
  const tag = filters.locator('section').filter({ has: page.getByRole('heading', { name: '标签' }) }).getByRole('link').first();
  const [, count] = /(\d+)$/.exec((await tag.textContent()).trim());
  await tag.click();
  await page.waitForURL(/tag=/);
  assert.equal(await page.locator('.card').count(), Number(count));
  await page.getByRole('link', { name: '清除筛选' }).click();
  await page.waitForURL((url) => !url.search.includes('min='));
  assert.equal(await page.locator('.card').count(), all.total);
});

shop.test('long lists have pages', plain, async ({ page }) => {
  await page.goto('/search');
  const first = await titles(page);
  assert.equal(first.length, 24);
  await page.getByRole('link', { name: '下一页' }).click();
  await page.waitForURL(/page=2/);
  const second = await titles(page);
  assert.ok(second.length > 0 && second.every((title) => !first.includes(title)));
});

shop.test('search works in Chinese and in English', plain, async ({ page }) => {
  await page.goto('/');
  for (const [words, found] of [['龙井', '明前龙井'], ['longjing', '明前龙井'], ['毛巾', '华夫格毛巾']]) {
    await page.getByRole('searchbox', { name: '搜索商品' }).fill(words);
    await page.getByRole('search').getByRole('button').click();
    await page.waitForURL(`**/search?q=${encodeURIComponent(words)}`);
    assert.ok((await titles(page)).includes(found), `${words} finds ${found}`);
  }
  await page.goto('/search?q=longjing&lang=en');
  assert.ok((await titles(page)).some((title) => title.startsWith('Longjing')));
  await page.getByRole('searchbox', { name: 'Search products' }).fill('茶壶 nothing-like-this');
  await page.getByRole('search').getByRole('button').click();
  await page.getByRole('heading', { name: 'Nothing found' }).waitFor();
});

shop.test('a product shows its prices, and its options are links', plain, async ({ context, page }) => {
  const product = await get(context, '/products/longjing-tea-tin');
  await page.goto('/p/longjing-tea-tin');
  for (const variant of product.variants) {
    await page.locator('.choice').filter({ hasText: variant.options[0].zh }).click();
    await page.waitForURL(new RegExp(`sku=${variant.sku}`));
    assert.equal(await page.locator('.buy-price .price-now').textContent(), `现价 ${yuan(variant.price.price)}`);
  }
  assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), product.title.zh);
  // What needs scripts does not pretend to work without them.
  assert.ok(await page.getByRole('button', { name: '加入购物车' }).isHidden());
});
