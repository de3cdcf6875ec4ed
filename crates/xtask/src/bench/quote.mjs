// Measures the pricing core as WebAssembly: the module is the first argument. Prints one JSON object a line.
import { createRequire } from 'node:module';

const { Workload } = createRequire(import.meta.url)(process.argv[2]);

function median(numbers) {
  return numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

function nanoseconds(work) {
  const warm = process.hrtime.bigint() + 300_000_000n;
  while (process.hrtime.bigint() < warm) work.quote(50);
  return median(Array.from({ length: 21 }, () => {
    const started = process.hrtime.bigint();
    work.quote(300);
    return Number(process.hrtime.bigint() - started) / 300;
  }));
}

for (const promotions of [12, 100, 1000, 10000]) {
  for (const lines of [1, 10, 50]) {
    const work = new Workload(lines, promotions);
    console.log(JSON.stringify({ lines, promotions, ns: Math.round(nanoseconds(work)) }));
    work.free();
  }
}
