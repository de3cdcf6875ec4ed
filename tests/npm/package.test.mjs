// The npm package as its users get it: installed from its packed file. `cargo xtask npm` runs this; CONCORD_NPM names the folder in which it is installed.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

const installed = join(process.env.CONCORD_NPM, 'node_modules/concord-pricing');
const { Book, load } = await import(pathToFileURL(join(installed, 'node.js')));

const context = { at: '2026-01-15T12:00:00Z', channel: 'web' };
const document = {
  format: 1, currency: 'CNY',
  skus: [{ sku: 'TEA', price: '109.00' }, { sku: 'CUP', price: '39.00' }],
  promotions: [{ id: 'FULL200', name: { zh: '满200减30', en: '¥30 off ¥200' }, class: 'order', if: [{ min_subtotal: '200.00' }], then: { amount: '30.00', on: 'order' } }],
};
const cart = { lines: [{ id: '1', sku: 'TEA', quantity: 2 }] };

test('the name is found from a project and gives a quote', () => {
  const program = `import { Book, load } from 'concord-pricing'; await load();
    const quote = new Book(${JSON.stringify(document)}).quote(${JSON.stringify(cart)}, ${JSON.stringify(context)});
    process.stdout.write(JSON.stringify([quote.payable, quote.certificate, quote.applied[0].promotion]));`;
  const said = execFileSync('node', ['--input-type=module', '--eval', program], { cwd: process.env.CONCORD_NPM });
  assert.deepEqual(JSON.parse(said), [18800, 'optimal', 'FULL200']);
});

test('a slice quotes the same bytes as the whole book', async () => {
  await load();
  const book = new Book(JSON.stringify(document));
  const slice = book.slice(['TEA']);
  assert.equal(slice.part.skus.length, 1);
  const page = Book.fromSlice(slice);
  assert.equal(page.id, book.id);
  assert.equal(page.quoteText(cart, context), book.quoteText(cart, context));
  page.free();
});

test('a bad book is refused with all that is wrong with it', () => {
  const twice = { ...document, skus: [...document.skus, { sku: 'TEA', price: '1.005' }] };
  assert.throws(() => new Book(twice), (error) => /TEA: is listed twice/.test(error.message) && /more decimals/.test(error.message));
  assert.throws(() => new Book({ ...document, colour: 'red' }), /unknown field `colour`/);
  assert.throws(() => new Book('{'), /EOF/);
  assert.throws(() => new Book(document).quote({ lines: [{ id: '1', sku: 'POT', quantity: 1 }] }, context), /no SKU POT/);
});

test("the README's example says what it prints", async () => {
  const readme = await readFile(join(installed, 'README.md'), 'utf8');
  const program = readme.match(/```js\n([^]*?)```/)[1];
  const said = execFileSync('node', ['--input-type=module', '--eval', program], { cwd: process.env.CONCORD_NPM, encoding: 'utf8' });
  assert.deepEqual(said.trim().split('\n'), ['18800', '¥30 off ¥200 3000']);
});

test('the schemas come with it', () => {
  const schema = createRequire(join(process.env.CONCORD_NPM, 'x.js'))('concord-pricing/schemas/cart.schema.json');
  assert.equal(schema.title, 'Cart');
});
