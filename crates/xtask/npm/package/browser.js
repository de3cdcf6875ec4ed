// In a browser the module is fetched once, when `load` is called first.
import init from './pricing_wasm.js';

export { Book } from './book.js';
export async function load(from) {
  await init(from === undefined ? undefined : { module_or_path: from });
}
