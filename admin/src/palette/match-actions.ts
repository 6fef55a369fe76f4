/** What of an entry is looked at. */
export interface Entry {
  name: string;
  keywords?: string;
  subtitle?: string;
  priority: number;
}

const HAN = /\p{Script=Han}/u;

function wordsOf(text: string): string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean);
}

/**
 * The entries that answer to every word typed: a word of theirs begins with it, or holds it where it is 汉字, which know
 * no spaces. Higher priority first, then those whose name begins with what is typed, else the order given.
 *
 * Not kbar's own search: it lags 100 ms behind the field, so that a fast Enter would run what stood there before.
 */
export function matchActions<T extends Entry>(entries: readonly T[], typed: string): T[] {
  const words = wordsOf(typed);
  const answers = (entry: T) => {
    const text = ` ${wordsOf([entry.name, entry.keywords, entry.subtitle].join(' ')).join(' ')}`;
    return words.every((word) => text.includes(HAN.test(word) ? word : ` ${word}`));
  };
  const begins = (entry: T) => Number(words.length > 0 && entry.name.toLowerCase().startsWith(words.join(' ')));
  return entries.filter(answers).sort((a, b) => b.priority - a.priority || begins(b) - begins(a));
}
