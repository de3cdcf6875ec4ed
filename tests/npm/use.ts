// What `tsc` must accept of the package's types, and what it must refuse. It is only checked, never run.
import { Book, load, type Cart, type Context, type PriceBook, type Quote, type Slice } from 'concord-pricing';

const document: PriceBook = {
  format: 1,
  currency: 'CNY',
  skus: [{ sku: 'TEA', price: '109.00', category: 'tea', tags: ['new'] }],
  promotions: [
    { id: 'A', class: 'order', if: [{ min_subtotal: '200.00' }], then: { amount: '30.00', on: 'order', cap: '20.00' } },
    { id: 'B', class: 'product', then: { buy: { count: 2, of: 'all' }, get: { count: 1, of: { tag: ['new'] }, percent: '100' } } },
  ],
};
const cart: Cart = { lines: [{ id: '1', sku: 'TEA', quantity: 2 }], coupons: ['SAVE'] };
const context: Context = { at: '2026-01-15T12:00:00Z', channel: 'web' };

export async function total(): Promise<number> {
  await load();
  const book = new Book(document);
  const slice: Slice = book.slice(['TEA']);
  const quote: Quote = Book.fromSlice(slice).quote(cart, context);
  const shipping: number = quote.shipping?.total ?? 0;
  return quote.payable + shipping + quote.lines[0]!.runs[0]!.net;
}

// @ts-expect-error a quantity is a number
export const wrongQuantity: Cart = { lines: [{ id: '1', sku: 'TEA', quantity: '2' }] };
// @ts-expect-error a line has a SKU
export const noSku: Cart = { lines: [{ id: '1', quantity: 2 }] };
// @ts-expect-error there is no such class
export const wrongClass: PriceBook = { ...document, promotions: [{ id: 'A', class: 'gift', then: { percent: '5', on: 'order' } }] };
// @ts-expect-error there is no such field
export const unknownField: PriceBook = { ...document, colour: 'red' };
