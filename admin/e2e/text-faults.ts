import type { Page } from 'playwright-core';

const RAW_KEY = /\b[a-z][a-zA-Z]+(\.[a-z][a-zA-Z_-]+){1,3}\b/g;
/** Dotted words that are no text keys. */
const NOT_KEYS = /@|\.(test|com|csv|gz|json)\b/;
/** A word of English; abbreviations and codes (SKU, CNY, M-001) belong to both languages. */
const ENGLISH = /\b[A-Z]?[a-z]{3,}\b/;
/** Our name, the language button, which names the other language, and what stands on a key. */
const BOTH: readonly string[] = ['Tessera', '中文', 'English', 'Ctrl'];

/** Every line that is seen, and every text that is read out or shows on hover. */
function readTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const spoken = ['aria-label', 'placeholder', 'title', 'alt'].flatMap((name) =>
      // Ant Design's icons bear the names of their pictures; the button around them has a label of its own.
      [...document.querySelectorAll(`[${name}]:not(.anticon)`)].map((element) => element.getAttribute(name) ?? ''),
    );
    return [...document.body.innerText.split(/[\n\t]/), ...spoken, document.title];
  });
}

/**
 * What a person would see as an untranslated text: dotted keys, 汉字 on an English screen, English on a Chinese one.
 * `data`: what people entered, which stands in its own language everywhere.
 */
export async function textFaults(page: Page, data: readonly string[] = []): Promise<string[]> {
  const language = await page.evaluate(() => document.documentElement.lang);
  const own = [...BOTH, ...data].sort((a, b) => b.length - a.length);
  const texts = (await readTexts(page)).map((text) => own.reduce((left, word) => left.replaceAll(word, ''), text));
  const words = texts.flatMap((text) => text.split(/\s+/)).filter((word) => !NOT_KEYS.test(word));
  const keys = words.flatMap((word) => word.match(RAW_KEY) ?? []);
  const isForeign = (text: string) => (language === 'en' ? /\p{Script=Han}/u : ENGLISH).test(text);
  return [...keys, ...new Set(texts.filter(isForeign))];
}
