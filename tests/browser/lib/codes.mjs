// Reads QR codes off the page as a telephone would: drawn, then decoded.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('jsqr'), 'utf8');

/** The same of an `<img>`, which was served by the shop. */
export async function readQrImage(page, img) {
  await page.evaluate(SOURCE);
  return img.evaluate(async (img) => {
    const size = 400;
    await img.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: size, height: size });
    const drawing = canvas.getContext('2d');
    drawing.fillStyle = '#fff';
    drawing.fillRect(0, 0, size, size);
    drawing.drawImage(img, 0, 0, size, size);
    return jsQR(drawing.getImageData(0, 0, size, size).data, size, size)?.data ?? null;
  });
}

/** The text of a QR code, or null where the picture is none. `svg` is a locator of one `<svg>`. */
export async function readQr(page, svg) {
  // The library takes itself for a CommonJS module where it can; in a page it becomes a global.
  await page.evaluate(SOURCE);
  return svg.evaluate(async (svg) => {
    const size = 400;
    const copy = svg.cloneNode(true);
    copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
    copy.setAttribute('width', size);
    copy.setAttribute('height', size);
    const picture = new Image(size, size);
    picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
    await picture.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: size, height: size });
    const drawing = canvas.getContext('2d');
    drawing.fillStyle = '#fff';
    drawing.fillRect(0, 0, size, size);
    drawing.drawImage(picture, 0, 0, size, size);
    return jsQR(drawing.getImageData(0, 0, size, size).data, size, size)?.data ?? null;
  });
}
