// `cargo xtask parity` in Node: the first argument is the module's folder, the others are a command of `side.mjs`.
import { readFile } from 'node:fs/promises';
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import { run } from './side.mjs';

const [folder, ...command] = process.argv.slice(2);
const core = await import(pathToFileURL(`${folder}/parity_wasm.js`));
await core.default({ module_or_path: await readFile(`${folder}/parity_wasm_bg.wasm`) });
await run(core, command, {
  read: (file) => readFile(file, 'utf8'),
  print: async (line) => {
    if (!process.stdout.write(`${line}\n`)) await once(process.stdout, 'drain');
  },
});
