// `cargo xtask parity` in Chromium: the first argument is the module's folder, the others are a command of `tests/parity/side.mjs`.
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { launch } from './lib/browser.mjs';
import { run } from '../parity/side.mjs';

const [folder, ...command] = process.argv.slice(2);
// No server is needed: the browser is given these files for whatever it asks at this made-up address.
const origin = 'http://parity.invalid';
const types = { '.js': 'text/javascript', '.wasm': 'application/wasm' };

async function answer(route) {
  const name = basename(new URL(route.request().url()).pathname);
  if (name === '') return route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>parity</title>' });
  const type = types[name.slice(name.lastIndexOf('.'))];
  if (!type) return route.abort();
  return route.fulfill({ contentType: type, body: await readFile(join(folder, name)) });
}

const browser = await launch();
try {
  const page = await browser.newPage();
  await page.route(`${origin}/**`, answer);
  await page.goto(`${origin}/`);
  await page.evaluate(async () => {
    globalThis.core = await import('/parity_wasm.js');
    await globalThis.core.default();
  });
  const call = (name) => (...words) => page.evaluate(([name, words]) => globalThis.core[name](...words), [name, words]);
  const core = { digest: call('digest'), answers: call('answers'), cases: call('cases') };
  await run(core, command, { read: (file) => readFile(file, 'utf8'), print: (line) => console.log(line) });
} finally {
  await browser.close();
}
