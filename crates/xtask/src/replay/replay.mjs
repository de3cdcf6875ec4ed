// Prices the prepared baskets with the WebAssembly module: `node replay.mjs MODULE FOLDER DIGESTS best|pinned [BASKETS]`.
// Says how far it is in lines such as `priced 1000/155848`; the last line is the result, as JSON.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const [path, folder, digests, resolution, most] = process.argv.slice(2);
const { Replay } = createRequire(import.meta.url)(path);
const read = (name) => readFileSync(`${folder}/${name}`, 'utf8');
const BATCH = 64;

const compiling = performance.now();
const replay = new Replay(read('book.json'), read('households.json'), resolution === 'pinned');
const compiled = performance.now() - compiling;
const rows = read('baskets.jsonl').trimEnd().split('\n').slice(0, most ? Number(most) : undefined);

const times = new Float64Array(rows.length);
const parts = [];
const batches = function* () {
  for (let first = 0; first < rows.length; first += BATCH) yield [first, replay.load(rows.slice(first, first + BATCH).join('\n'))];
};
const say = (done) => done % (BATCH * 16) < BATCH && console.log(`priced ${done}/${2 * rows.length}`);
let processor = 0;
for (const [first, loaded] of batches()) {
  const before = process.cpuUsage();
  for (let at = 0; at < loaded; at++) {
    const started = performance.now();
    replay.price(at);
    times[first + at] = performance.now() - started;
  }
  processor += process.cpuUsage(before).user;
  say(first + loaded);
}
// To write and hash the quotes is no part of pricing, as in the native program.
for (const [first, loaded] of batches()) {
  for (let at = 0; at < loaded; at++) replay.price(at);
  parts.push(replay.seal());
  say(rows.length + first + loaded);
}
writeFileSync(digests, Buffer.concat(parts));
const sum = times.reduce((sum, time) => sum + time, 0);
times.sort();
const at = (percent) => Math.round(times[Math.floor(times.length * percent / 100)] * 1e6);
console.log(JSON.stringify({
  ns: Math.round(sum * 1e6), processor_ns: processor * 1000, p50: at(50), p99: at(99), chain: replay.chain(),
  compiling_ms: Math.round(compiled), peak_kb: Math.round(replay.memory() / 1024),
}));
