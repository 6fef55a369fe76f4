import { pinyin } from 'pinyin-pro';

/** What a name is found by, next to the name itself. Lower case; words are separated by one space. */
export interface NameSearchKeys {
  /** `张三丰` → `zhang sanfeng` (surname and given name apart, as GB/T 28039 writes them); `Zoë Smith` → `zoe smith`. */
  pinyin: string;
  /** First letter of every syllable and word: `zsf`, `zs`. */
  initials: string;
}

/** Two-character surnames in use; every other name has a surname of one. */
const COMPOUND_SURNAMES = new Set(
  (
    '欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 ' +
    '公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 ' +
    '拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 公户 公玉 公仪 梁丘 公仲 公上 公门 公山 公坚 左丘 公伯 ' +
    '西门 公祖 第五 公乘 贯丘 公皙 南荣 东里 东宫 仲长 子书 子桑 即墨 达奚 褚师 单于'
  ).split(' '),
);

const LONGEST_PINYIN = 300;
const LONGEST_INITIALS = 80;

interface Word {
  isHan: boolean;
  text: string;
}

function wordsOf(name: string): Word[] {
  const parts = name.normalize('NFKC').match(/\p{Script=Han}+|[^\p{Script=Han}\s]+/gu) ?? [];
  return parts.map((text) => ({ isHan: /^\p{Script=Han}/u.test(text), text }));
}

/** One entry per 汉字; a character that the dictionary does not know stands for itself. */
function syllablesOf(text: string, surname: 'head' | 'off'): string[] {
  return pinyin(text, { toneType: 'none', type: 'array', v: true, surname }).map((syllable) => syllable.toLowerCase());
}

/** Lower case without accents and without what nobody types: `O’Brien-Müller` → `obrienmuller`. */
function plainWord(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .normalize('NFC');
}

function firstCharacter(text: string): string {
  return [...text][0] ?? '';
}

function toKeys(words: readonly string[], initials: readonly string[]): NameSearchKeys {
  return {
    pinyin: words.filter(Boolean).join(' ').slice(0, LONGEST_PINYIN).trim(),
    initials: initials.join('').slice(0, LONGEST_INITIALS),
  };
}

function surnameLength(syllables: readonly string[], text: string): number {
  const characters = [...text];
  if (syllables.length <= 1) return syllables.length;
  return characters.length > 2 && COMPOUND_SURNAMES.has(characters.slice(0, 2).join('')) ? 2 : 1;
}

/**
 * Search keys of a person's name. The first 汉字 are read as a surname (单 shan, 曾 zeng, 仇 qiu).
 * @example nameSearchKeys('单田芳') // { pinyin: 'shan tianfang', initials: 'stf' }
 */
export function nameSearchKeys(name: string): NameSearchKeys {
  const words: string[] = [];
  const initials: string[] = [];
  wordsOf(name).forEach(({ isHan, text }, index) => {
    if (!isHan) {
      words.push(plainWord(text));
      initials.push(firstCharacter(plainWord(text)));
      return;
    }
    const syllables = syllablesOf(text, index === 0 ? 'head' : 'off');
    const surname = index === 0 ? surnameLength(syllables, text) : 0;
    words.push(syllables.slice(0, surname).join(''), syllables.slice(surname).join(''));
    initials.push(...syllables.map(firstCharacter));
  });
  return toKeys(words, initials);
}

/**
 * Search keys of a thing's name (product, service): no surnames, so 单人按摩 is `danrenanmo`.
 * @example titleSearchKeys('美式咖啡 Large') // { pinyin: 'meishikafei large', initials: 'mskfl' }
 */
export function titleSearchKeys(title: string): NameSearchKeys {
  const words: string[] = [];
  const initials: string[] = [];
  for (const { isHan, text } of wordsOf(title)) {
    const syllables = isHan ? syllablesOf(text, 'off') : [plainWord(text)];
    words.push(syllables.join(''));
    initials.push(...syllables.map(firstCharacter));
  }
  return toKeys(words, initials);
}
