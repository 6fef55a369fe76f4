import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The texts of a language by file; `index` also brings the texts of antd, which are not ours to check. */
function readTexts(language: string): Record<string, object> {
  const files = readdirSync(join(__dirname, language)).filter((file) => file !== 'index.ts');
  const load = (file: string) => (jest.requireActual(join(__dirname, language, file)) as { default: object }).default;
  return Object.fromEntries(files.map((file) => [file.replace('.ts', ''), load(file)]));
}

const english = readTexts('en');
const chinese = readTexts('zh-CN');

/** `section.key` → text, for every text of a language. */
function texts(tree: object, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(tree) as [string, unknown][]) {
    const name = path ? `${path}.${key}` : key;
    if (typeof value === 'object' && value !== null) for (const entry of texts(value, name)) found.set(...entry);
    else found.set(name, String(value));
  }
  return found;
}

/** i18next adds `_one` and `_other` to a key; Chinese knows no singular. */
const stem = (key: string) => key.replace(/_(one|other)$/, '');
const stems = (tree: object) => [...new Set([...texts(tree).keys()].map(stem))].sort();
const languages = [
  ['en', english],
  ['zh-CN', chinese],
] as const;

test('both languages have the same texts', () => {
  expect(stems(chinese)).toEqual(stems(english));
});

test.each(languages)('no text of %s is empty', (_language, tree) => {
  const empty = [...texts(tree)]
    .filter(([key, text]) => text.trim() === '' && !key.endsWith('Separator'))
    .map(([key]) => key);
  expect(empty).toEqual([]);
});

test('both languages fill the same places of a text', () => {
  const places = (text: string | undefined) => [...new Set(text?.match(/\{\{\w+/g))].sort();
  const englishTexts = texts(english);
  const different = [...texts(chinese)].filter(
    ([key, text]) => englishTexts.has(key) && String(places(text)) !== String(places(englishTexts.get(key))),
  );
  expect(different).toEqual([]);
});

test('no English text holds Chinese characters', () => {
  const mixed = [...texts(english)].filter(([, text]) => /\p{Script=Han}/u.test(text)).map(([key]) => key);
  expect(mixed).toEqual([]);
});
