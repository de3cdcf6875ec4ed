// The core for JavaScript: objects go in and come out, texts cross into WebAssembly.
import { Book as Core } from './pricing_wasm.js';

/** Texts are taken as JSON, anything else is written as JSON. */
const json = (value) => (typeof value === 'string' ? value : JSON.stringify(value));

export class Book {
  #core;

  constructor(document) {
    this.#core = document instanceof Core ? document : new Core(json(document));
  }

  static fromSlice(slice) {
    return new Book(Core.fromSlice(json(slice)));
  }

  get id() {
    return this.#core.id;
  }

  quote(cart, context) {
    return JSON.parse(this.quoteText(cart, context));
  }

  quoteText(cart, context) {
    return this.#core.quote(json(cart), json(context));
  }

  slice(skus, coupons = []) {
    return JSON.parse(this.#core.slice(skus, coupons));
  }

  free() {
    this.#core.free();
  }
}
