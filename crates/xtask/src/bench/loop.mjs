// Times the hand-written loop of the peers' rule engine harness: `node loop.mjs PEERS`. The loop is taken from that file as it is, without the engines
// that the rest of the file needs. Prints one JSON object a line.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const harness = `${process.argv[2]}/rules/bench.js`;
const source = readFileSync(harness, 'utf8').split('(async()=>{const out')[0];
const load = createRequire(harness);
const engines = ['json-rules-engine', 'json-logic-js'];
const { facts, hand } = new Function('require', `${source}; return { facts, hand };`)((name) => (engines.includes(name) ? {} : load(name)));
const BATCHES = 25;

for (const lines of [10, 50]) {
  const [evaluate, given] = [hand(1000), facts(lines)];
  for (const started = performance.now(); performance.now() - started < 600;) await evaluate(given);
  const batches = [];
  for (let batch = 0; batch < BATCHES; batch++) {
    const started = performance.now();
    for (let time = 0; time < 200; time++) await evaluate(given);
    batches.push((performance.now() - started) * 1e6 / 200);
  }
  const { sub } = await evaluate(given);
  console.log(JSON.stringify({ case: `peers-${lines}`, ns: Math.round(batches.sort((a, b) => a - b)[Math.floor(BATCHES / 2)]), payable: sub }));
}
