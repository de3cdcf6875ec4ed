// Amounts as pages show them, computed here by other code than the shop's: digits of the minor amount, cut by hand.

/** `¥1,234.50` of 123450. */
export function yuan(minor) {
  const digits = String(Math.abs(minor)).padStart(3, '0');
  const grouped = digits.slice(0, -2).replaceAll(/\B(?=(\d{3})+$)/g, ',');
  return `${minor < 0 ? '-' : ''}¥${grouped}.${digits.slice(-2)}`;
}

/** 123450 of `¥1,234.50`; text around the amount does not matter. Throws where there is not exactly one amount. */
export function minor(text) {
  const found = [...text.matchAll(/(-?)¥([\d,]+)\.(\d\d)(?!\d)/g)];
  if (found.length !== 1) throw new Error(`not exactly one amount in ${JSON.stringify(text)}`);
  const [, sign, whole, cents] = found[0];
  return (sign ? -1 : 1) * Number(whole.replaceAll(',', '') + cents);
}
