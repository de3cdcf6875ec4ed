// The core as WebAssembly answers with the same bytes as the native build, on random books and carts.
// CONCORD_PARITY names the module; CONCORD_PARITY_BOOKS how many books of ten carts are tried (400 without it).
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const { Book } = createRequire(import.meta.url)(process.env.CONCORD_PARITY);
const root = fileURLToPath(new URL('../..', import.meta.url));
const books = process.env.CONCORD_PARITY_BOOKS ?? '400';

test('native and WebAssembly give the same bytes', { timeout: 600_000 }, async () => {
  const cargo = spawn('cargo', ['run', '--quiet', '--package', 'conformance', '--bin', 'parity-cases', '0', books, '10'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => cargo.on('close', resolve));
  let book;
  let seed;
  let carts = 0;
  for await (const line of createInterface({ input: cargo.stdout })) {
    const given = JSON.parse(line);
    if (given.book) {
      book?.free();
      book = new Book(given.book);
      seed = given.seed;
      assert.equal(book.id, given.id, `seed ${seed}: the book's id`);
    } else {
      assert.equal(book.quote(given.cart, given.context), given.quote, `seed ${seed}, cart ${given.cart}`);
      carts += 1;
    }
  }
  assert.equal(await ended, 0);
  assert.equal(carts, Number(books) * 10);
});

test('what is no cart is an error that says so', () => {
  const book = new Book('{"format":1,"currency":"CNY","resolution":"pinned","skus":[{"sku":"A","price":"1.00"}]}');
  const context = '{"at":"2026-01-15T12:00:00Z","channel":"web"}';
  assert.throws(() => book.quote('{', context), /EOF/);
  assert.throws(() => book.quote('{"lines":[{"id":"1","sku":"B","quantity":1}]}', context), /no SKU B/);
  assert.throws(() => book.quote('{"lines":[{"id":"1","sku":"A","quantity":0}]}', context), /quantity 0/);
  assert.throws(() => new Book('{"format":1,"currency":"CNY","resolution":"pinned","skus":[{"sku":"A","price":"1.005"}]}'), /more decimals/);
});
