import type { IMAGE_TYPES } from '../contracts';

/** What the first bytes of a picture say of it; width and height in pixels. */
export interface ImageFacts {
  type: (typeof IMAGE_TYPES)[number];
  width: number;
  height: number;
}

function startsWith(bytes: DataView, offset: number, text: string): boolean {
  if (bytes.byteLength < offset + text.length) return false;
  return [...text].every((character, index) => bytes.getUint8(offset + index) === character.charCodeAt(0));
}

/** W3C PNG, section 5.2 (signature) and 11.2.1 (IHDR, always the first chunk). */
function readPng(bytes: DataView): ImageFacts | undefined {
  if (bytes.byteLength < 24 || !startsWith(bytes, 0, '\x89PNG\r\n\x1a\n') || !startsWith(bytes, 12, 'IHDR')) return;
  return { type: 'image/png', width: bytes.getUint32(16), height: bytes.getUint32(20) };
}

/** Huffman tables, extensions and arithmetic coding: in the range of frame headers, but none. */
const NO_FRAME = [0xc4, 0xc8, 0xcc];

/** ITU-T T.81, annex B: segments up to the frame header, which has the size. */
function readJpeg(bytes: DataView): ImageFacts | undefined {
  if (!startsWith(bytes, 0, '\xff\xd8\xff')) return;
  let offset = 2;
  while (offset + 9 <= bytes.byteLength && bytes.getUint8(offset) === 0xff) {
    const marker = bytes.getUint8(offset + 1);
    if (marker >= 0xc0 && marker <= 0xcf && !NO_FRAME.includes(marker)) {
      return { type: 'image/jpeg', width: bytes.getUint16(offset + 7), height: bytes.getUint16(offset + 5) };
    }
    // A marker may be preceded by any number of fill bytes.
    offset += marker === 0xff ? 1 : 2 + bytes.getUint16(offset + 2);
  }
  return;
}

const ANIMATION = 0x02;

function uint24(bytes: DataView, offset: number): number {
  return bytes.getUint16(offset, true) + bytes.getUint8(offset + 2) * 0x10000;
}

/** RFC 9649 (container, lossless) and RFC 6386 section 9.1 (lossy). An animation is no still picture. */
function readWebp(bytes: DataView): ImageFacts | undefined {
  if (bytes.byteLength < 30 || !startsWith(bytes, 0, 'RIFF') || !startsWith(bytes, 8, 'WEBP')) return;
  const type = 'image/webp';
  if (startsWith(bytes, 12, 'VP8 ') && startsWith(bytes, 23, '\x9d\x01\x2a')) {
    return { type, width: bytes.getUint16(26, true) & 0x3fff, height: bytes.getUint16(28, true) & 0x3fff };
  }
  if (startsWith(bytes, 12, 'VP8L') && bytes.getUint8(20) === 0x2f) {
    const sizes = bytes.getUint32(21, true);
    return { type, width: (sizes & 0x3fff) + 1, height: ((sizes >>> 14) & 0x3fff) + 1 };
  }
  if (!startsWith(bytes, 12, 'VP8X') || (bytes.getUint8(20) & ANIMATION) !== 0) return;
  return { type, width: uint24(bytes, 24) + 1, height: uint24(bytes, 27) + 1 };
}

/**
 * Recognises a PNG, JPEG or still WebP by its bytes.
 * @returns undefined for anything else, and for a picture without a size
 */
export function readImage(content: Uint8Array): ImageFacts | undefined {
  const bytes = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const facts = readPng(bytes) ?? readJpeg(bytes) ?? readWebp(bytes);
  return facts && facts.width > 0 && facts.height > 0 ? facts : undefined;
}
