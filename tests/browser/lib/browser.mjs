// One Chromium for each test file, and a fresh context for each test: no test finds another one's cookies or cart.
import { chromium } from 'playwright-core';

const FLAGS = [
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

export const DESKTOP = { width: 1280, height: 900 };
export const TABLET = { width: 768, height: 1024 };
export const PHONE = { width: 360, height: 800 };
export const KIOSK = { width: 1080, height: 1920 };

export function launch() {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  // Chromium's sandbox needs privileges that containers seldom give.
  return chromium.launch({ executablePath, args: FLAGS, chromiumSandbox: false });
}

/** A shopper's browser: `lang` is what it asks for, `size` its window. Everything its pages complain of ends up in `complaints`. */
export async function shopper(browser, base, { lang = 'zh-CN', size = DESKTOP, ...options } = {}) {
  const phone = size.width < 600;
  const context = await browser.newContext({
    baseURL: base,
    locale: lang,
    timezoneId: 'Asia/Shanghai',
    viewport: size,
    hasTouch: phone || size === KIOSK,
    isMobile: phone,
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(10_000);
  const complaints = [];
  await watch(context, complaints);
  return { context, complaints };
}

/** Console errors and warnings (a page that is taken over differently than it was written warns), exceptions, refused content. */
async function watch(context, complaints) {
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      console.error(`content policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
    });
  });
  context.on('console', (message) => {
    if (!['error', 'warning'].includes(message.type())) return;
    complaints.push({ page: message.page()?.url() ?? '', text: message.text(), at: message.location().url });
  });
  context.on('weberror', (found) => {
    complaints.push({ page: found.page()?.url() ?? '', text: String(found.error()), at: '' });
  });
}

/** Chromium itself reports failed requests as errors; a test that provokes some names their statuses, or words of the report. */
export function unexpected(complaints, expects = []) {
  const words = expects.map((one) => (typeof one === 'number' ? `responded with a status of ${one}` : one));
  return complaints.filter(({ text }) => !words.some((word) => text.includes(word)));
}
