// Measures the pricing core as WebAssembly: `node quote.mjs MODULE [SHARED]`, SHARED being the peers' workload.json. Prints one JSON object a line.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const [path, file] = process.argv.slice(2);
const { Case, names } = createRequire(import.meta.url)(path);
const shared = file && readFileSync(file, 'utf8');
const BATCH_MS = 8;
const BATCHES = 25;

function nanoseconds(one) {
  let warm = 0;
  for (const started = performance.now(); performance.now() - started < BATCH_MS * 40; warm++) one.quote(1);
  const times = Math.max(1, Math.floor(warm / 40));
  // What takes seconds is not noisy, and not worth minutes.
  const count = warm === 1 ? 1 : BATCHES;
  const batches = Array.from({ length: count }, () => {
    const started = performance.now();
    one.quote(times);
    return (performance.now() - started) * 1e6 / times;
  });
  return batches.sort((a, b) => a - b)[Math.floor(count / 2)];
}

for (const name of names(Boolean(file)).split('\n')) {
  const one = new Case(name, shared);
  console.log(JSON.stringify({ case: name, ns: Math.round(nanoseconds(one)) }));
  one.free();
}
