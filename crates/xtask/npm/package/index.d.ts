import type { Cart, Context, PriceBook, Quote, Slice } from './documents.js';

export type * from './documents.js';

/**
 * Makes the module ready; await it once before the first `Book`. In Node it is ready already.
 * @param from in a browser, where the module is, or its bytes, if it is not beside this package's files
 */
export function load(from?: string | URL | Request | Response | BufferSource | WebAssembly.Module): Promise<void>;

/** A price book, or a slice of one, made ready to quote. */
export class Book {
  /**
   * Checks a whole book and makes it ready.
   * @param document the book, or its JSON text
   * @throws Error with all that is wrong with the book
   */
  constructor(document: PriceBook | string);

  /**
   * Makes a slice ready: it quotes in the name of the whole book.
   * @param slice the slice, or its JSON text
   * @throws Error with all that is wrong with the slice
   */
  static fromSlice(slice: Slice | string): Book;

  /** The book's id: of the whole book, for a slice too. */
  readonly id: string;

  /**
   * What the cart costs, and why. All amounts are minor units of the book's currency.
   * @throws Error if the cart can't be priced at all, such as for an unknown SKU
   */
  quote(cart: Cart | string, context: Context | string): Quote;

  /** As `quote`, as the exact text: for amounts beyond 2^53 minor units, and to keep or compare bytes. */
  quoteText(cart: Cart | string, context: Context | string): string;

  /** The part of the book that can touch these SKUs and knows the given codes. */
  slice(skus: string[], coupons?: string[]): Slice;

  /** Gives the book's memory back at once; otherwise it goes with the object. */
  free(): void;
}
