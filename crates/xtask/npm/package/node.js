// In Node the module is read and ready as soon as this is imported.
import { readFileSync } from 'node:fs';
import { initSync } from './pricing_wasm.js';

initSync({ module: readFileSync(new URL('./pricing_wasm_bg.wasm', import.meta.url)) });

export { Book } from './book.js';
export async function load() {}
