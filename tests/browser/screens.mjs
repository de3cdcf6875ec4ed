// Pictures of every page: node screens.mjs FOLDER. Not a test; for looking at, and for the README.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DESKTOP, KIOSK, PHONE, TABLET, launch, shopper } from './lib/browser.mjs';
import { GUEST_PAGES, KIOSK_PAGES, MEMBER_PAGES, ORDER_PAGES, STAFF_PAGES, visit } from './lib/pages.mjs';
import { startServer } from './lib/server.mjs';

const folder = process.argv[2];
if (!folder) throw new Error('usage: node screens.mjs FOLDER');
await mkdir(folder, { recursive: true });

const WEB = [...GUEST_PAGES, ...ORDER_PAGES, ...MEMBER_PAGES];
const ROUNDS = [
  { name: 'phone-zh', size: PHONE, lang: 'zh-CN', pages: WEB },
  { name: 'tablet-zh', size: TABLET, lang: 'zh-CN', pages: WEB },
  { name: 'desktop-zh', size: DESKTOP, lang: 'zh-CN', pages: WEB },
  { name: 'phone-en', size: PHONE, lang: 'en', pages: WEB },
  { name: 'desktop-en', size: DESKTOP, lang: 'en', pages: WEB },
  { name: 'phone-dark-en', size: PHONE, lang: 'en', pages: WEB, colorScheme: 'dark' },
  { name: 'phone-zh', size: PHONE, lang: 'zh-CN', pages: STAFF_PAGES },
  { name: 'desktop-en', size: DESKTOP, lang: 'en', pages: STAFF_PAGES },
  { name: 'till-zh', size: { width: 1280, height: 800 }, lang: 'zh-CN', pages: STAFF_PAGES },
  { name: 'kiosk-zh', size: KIOSK, lang: 'zh-CN', pages: KIOSK_PAGES },
];

const server = await startServer();
const browser = await launch();
try {
  for (const { name, pages, ...options } of ROUNDS) await round(name, pages, options);
} finally {
  await browser.close();
  await server.stop();
}

/** A phone as high as its page: what sticks to the bottom of the window is then below everything, not in the middle of it. */
async function grow(tab, { width, height }) {
  const needed = await tab.evaluate(() => document.documentElement.scrollHeight);
  await tab.setViewportSize({ width, height: Math.max(height, needed) });
}

async function round(name, pages, options) {
  const kiosk = pages === KIOSK_PAGES ? await shopper(browser, server.base, options) : null;
  for (const page of pages) {
    const { context } = kiosk ?? (await shopper(browser, server.base, options));
    const tab = await context.newPage();
    try {
      await visit(context, tab, server, page);
      if (options.size === PHONE) await grow(tab, options.size);
      await tab.screenshot({ path: join(folder, `${page.name}-${name}.png`), fullPage: !kiosk });
    } catch (error) {
      console.error(`${page.name} ${name}: ${error.message.split('\n')[0]}`);
      process.exitCode = 1;
    }
    await (kiosk ? tab : context).close();
  }
  await kiosk?.context.close();
}
